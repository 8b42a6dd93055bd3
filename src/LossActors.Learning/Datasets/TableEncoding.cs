using System.Collections.Immutable;
using LossActors.Learning.Protocols;

namespace LossActors.Learning.Datasets;

/// <summary>
/// Numbers from the columns of a table. A numeric column becomes one standardised input; a categorical one becomes an input per category
/// of the training part, 0 or 1 and not standardised, all 0 for a category that the training part does not have.
/// </summary>
internal static class TableEncoding
{
    // Beyond this a column is a name or a number, not a category, and would only fill memory.
    private const int MostCategories = 1000;

    public static (ImmutableArray<int> Shape, Encode Encode) Fit(RawTable table, MissingValues missing, int[] training)
    {
        var columns = table.Columns.Select(c => c.Numbers is null ? FitCategories(table, c, missing, training) : FitNumbers(table, c, training)).ToList();
        var width = columns.Sum(c => c.Width);
        if ((long)width * table.Targets.Length > Array.MaxLength)
        {
            throw new DataException($"{table.Source}: {table.Targets.Length} rows × {width} inputs do not fit in memory; set limit, or ignore columns");
        }

        return ([width], rows =>
        {
            var inputs = new float[rows.Length * width];
            for (var i = 0; i < rows.Length; i++)
            {
                var at = inputs.AsSpan(i * width, width);
                foreach (var (extent, write) in columns)
                {
                    write(rows[i], at[..extent]);
                    at = at[extent..];
                }
            }

            return inputs;
        });
    }

    private delegate void Write(int row, Span<float> inputs);

    private static (int Width, Write Write) FitNumbers(RawTable table, RawColumn column, int[] training)
    {
        var values = column.Numbers!;
        if (training.All(r => double.IsNaN(values[r])))
        {
            throw Nothing(table, column);
        }

        var fit = Standardisation.Fit(training.Select(r => values[r]));
        return fit.IsFinite
            ? (1, (row, inputs) => inputs[0] = double.IsNaN(values[row]) ? 0f : fit.Apply(values[row])) // the mean, standardised
            : throw new DataException($"{table.Source}, column {column.Name}: the values are too large to be standardised; rescale or ignore the column");
    }

    private static (int Width, Write Write) FitCategories(RawTable table, RawColumn column, MissingValues missing, int[] training)
    {
        var values = column.Categories!;
        var counts = training.Where(r => values[r] is not null).CountBy(r => values[r]!).ToDictionary(StringComparer.Ordinal);
        if (counts.Count == 0)
        {
            throw Nothing(table, column);
        }

        if (counts.Count > MostCategories)
        {
            throw new DataException($"{table.Source}, column {column.Name}: {counts.Count} categories, more than {MostCategories}; add the column to ignore");
        }

        var index = counts.Keys.Order(StringComparer.Ordinal).Select((name, i) => (name, i)).ToDictionary(p => p.name, p => p.i, StringComparer.Ordinal);
        var commonest = missing == MissingValues.Impute ? counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).First().Key : null;
        return (index.Count, (row, inputs) =>
        {
            if ((values[row] ?? commonest) is { } category && index.TryGetValue(category, out var i))
            {
                inputs[i] = 1f;
            }
        });
    }

    private static DataException Nothing(RawTable table, RawColumn column) =>
        new($"{table.Source}, column {column.Name}: the training part has no value at all; add the column to ignore");
}
