using System.Collections.Immutable;
using System.Globalization;
using LossActors.Learning.Protocols;

namespace LossActors.Learning.Datasets;

/// <summary>The column to predict, as class indices or numbers.</summary>
internal sealed record TargetColumn(TaskKind Kind, ImmutableArray<string> ClassNames, double[] Values)
{
    private const int MostGuessedClasses = 20;
    private const int LeastRowsPerClass = 5;
    private const int MostClasses = 1000;

    /// <summary>
    /// Reads the target. Where the kind is not given: text means classification; so do whole numbers of at most 20 different values with at least five
    /// rows per value on average; anything else is regression.
    /// </summary>
    public static TargetColumn Read(CsvTable table, int column, int[] rows, TaskKind? kind)
    {
        var numbers = rows.Select(r => Cells.Number(table.Rows[r][column])).ToArray();
        if ((kind ?? Guess(numbers)) == TaskKind.Classification)
        {
            return Classes(table, column, rows, numbers);
        }

        var broken = Array.FindIndex(numbers, n => n is null);
        return broken < 0
            ? new TargetColumn(TaskKind.Regression, [], [.. numbers.Select(n => n!.Value)])
            : throw new DataException(
                $"{Cells.Place(table, rows[broken], column)}: the target \"{CsvTable.Shown(table.Rows[rows[broken]][column])}\" is not a finite number; correct it, or set kind = classification");
    }

    private static TaskKind Guess(double?[] numbers)
    {
        if (numbers.Any(n => n is null))
        {
            return TaskKind.Classification;
        }

        var distinct = numbers.Distinct().Count();
        return numbers.All(n => n == Math.Floor(n!.Value)) && distinct <= MostGuessedClasses && distinct * LeastRowsPerClass <= numbers.Length
            ? TaskKind.Classification
            : TaskKind.Regression;
    }

    private static TargetColumn Classes(CsvTable table, int column, int[] rows, double?[] numbers)
    {
        // "1", "1.0" and "01" are one class where all are numbers; numbers go by size, text by its code points.
        var numeric = numbers.All(n => n is not null);
        string[] labels = [.. rows.Select((r, i) => numeric ? numbers[i]!.Value.ToString("R", CultureInfo.InvariantCulture) : table.Rows[r][column])];
        var names = numeric
            ? labels.Distinct().OrderBy(l => double.Parse(l, CultureInfo.InvariantCulture)).ToImmutableArray()
            : labels.Distinct().Order(StringComparer.Ordinal).ToImmutableArray();
        if (names.Length is < 2 or > MostClasses)
        {
            throw new DataException(names.Length < 2
                ? $"{table.Source}, column {CsvTable.Shown(table.Header[column])}: every target is \"{CsvTable.Shown(names[0])}\", so there is nothing to predict; choose another target"
                : $"{table.Source}, column {CsvTable.Shown(table.Header[column])}: {names.Length} classes, more than {MostClasses}; choose another target, or set kind = regression");
        }

        var index = names.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => p.i, StringComparer.Ordinal);
        return new TargetColumn(TaskKind.Classification, names, [.. labels.Select(l => (double)index[l])]);
    }
}
