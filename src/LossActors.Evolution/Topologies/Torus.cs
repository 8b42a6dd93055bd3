using System.Collections.Immutable;

namespace LossActors.Evolution.Topologies;

/// <summary>
/// A grid whose edges meet, as square as the count of islands allows; each pulls from its four neighbours, the neighbourhood of cellular evolutionary algorithms. What is good
/// spreads in all directions, and takes about the square root of the time that it takes on a ring. A prime count gives a single row: a ring that is pulled both ways.
/// </summary>
internal sealed class Torus : ITopology
{
    public string Name => "torus";

    public ImmutableArray<Link> Links(int count)
    {
        var (rows, columns) = Grid(count);
        return
        [
            .. Enumerable.Range(0, count).SelectMany(to =>
            {
                var (row, column) = (to / columns, to % columns);
                int[] around =
                [
                    At(row - 1, column), At(row + 1, column), At(row, column - 1), At(row, column + 1),
                ];
                // In a grid of one or two rows some of the four are the same island, or this one.
                return around.Where(from => from != to).Distinct().Order().Select(from => new Link(from, to));
            }),
        ];

        int At(int row, int column) => ((row + rows) % rows * columns) + ((column + columns) % columns);
    }

    /// <summary>Rows and columns: rows · columns = count, rows ≤ columns, as near to each other as that allows.</summary>
    public static (int Rows, int Columns) Grid(int count)
    {
        var rows = 1;
        for (var divisor = 2; divisor * divisor <= count; divisor++)
        {
            rows = count % divisor == 0 ? divisor : rows;
        }

        return (rows, count / rows);
    }
}
