using System.Globalization;

namespace LossActors.Learning.Datasets;

/// <summary>Reads single cells of a table.</summary>
internal static class Cells
{
    /// <summary>The finite number that a cell holds (a point as decimal sign, no grouping), or null.</summary>
    public static double? Number(string cell) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    /// <summary>Where a cell stands, for messages.</summary>
    public static string Place(CsvTable table, int row, int column) => $"{table.Source}, line {table.Lines[row]}, column {CsvTable.Shown(table.Header[column])}";
}
