using LossActors.Learning.Protocols;

namespace LossActors.Learning.Datasets;

/// <summary>What counts as missing in a table, and which rows stay.</summary>
internal static class MissingCells
{
    /// <summary>Empty, <c>NA</c>, <c>N/A</c>, <c>NaN</c>, <c>null</c> (in any case) or <c>?</c>.</summary>
    public static bool IsMissing(string cell) => cell.Length == 0 || cell == "?"
        || cell.Equals("NA", StringComparison.OrdinalIgnoreCase) || cell.Equals("N/A", StringComparison.OrdinalIgnoreCase)
        || cell.Equals("NaN", StringComparison.OrdinalIgnoreCase) || cell.Equals("null", StringComparison.OrdinalIgnoreCase);

    /// <summary>The rows that are used. A missing target is never made up.</summary>
    /// <exception cref="DataException">A value is missing that may not be, or no row is left.</exception>
    public static int[] Rows(CsvTable table, int[] columns, int target, MissingValues policy)
    {
        var rows = new List<int>(table.Rows.Count);
        for (var row = 0; row < table.Rows.Count; row++)
        {
            var cells = table.Rows[row];
            if (Array.FindIndex(columns, c => IsMissing(cells[c])) is not (>= 0 and var first))
            {
                rows.Add(row);
            }
            else if (policy == MissingValues.Refuse)
            {
                throw new DataException($"{Cells.Place(table, row, columns[first])}: the value is missing; fill it in, or set missing = drop or impute");
            }
            else if (policy == MissingValues.Impute)
            {
                rows.Add(!IsMissing(cells[target])
                    ? row
                    : throw new DataException($"{Cells.Place(table, row, target)}: the target is missing and cannot be imputed; fill it in, or set missing = drop"));
            }
        }

        return rows.Count > 0 ? [.. rows] : throw new DataException($"{table.Source}: every row has a missing value, so missing = drop leaves none; ignore a column or set missing = impute");
    }
}
