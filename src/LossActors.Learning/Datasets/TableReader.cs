using LossActors.Learning.Protocols;

namespace LossActors.Learning.Datasets;

/// <summary>Makes a dataset of a table: finds the target, decides the kind of task and turns text into numbers and categories.</summary>
internal static class TableReader
{
    public static RawTable Read(CsvTable table, string name, TaskSettings settings)
    {
        var target = Column(table, "target", settings.Target
            ?? throw new DataException($"{table.Source}: no target column is named; set task.target to one of {Some(table.Header)}"));
        var categorical = settings.Categorical.IsDefault ? [] : settings.Categorical.Select(c => Column(table, "categorical", c)).ToHashSet();
        var ignored = settings.Ignore.IsDefault ? [] : settings.Ignore.Select(c => Column(table, "ignore", c)).ToHashSet();
        if (ignored.Contains(target) || categorical.Contains(target))
        {
            throw new DataException($"{table.Source}: the target column \"{table.Header[target]}\" is also in {(ignored.Contains(target) ? "ignore" : "categorical")}; take it out there");
        }

        var inputs = Enumerable.Range(0, table.Header.Length).Where(c => c != target && !ignored.Contains(c)).ToArray();
        if (inputs.Length == 0)
        {
            throw new DataException($"{table.Source}: no input column is left besides the target; check the separator and ignore");
        }

        var rows = MissingCells.Rows(table, [.. inputs, target], target, settings.Missing);
        var answer = TargetColumn.Read(table, target, rows, settings.Kind);
        return new RawTable
        {
            Name = name,
            Source = table.Source,
            Kind = answer.Kind,
            ClassNames = answer.ClassNames,
            Targets = answer.Values,
            Hash = ContentHash.Of(table),
            Columns = [.. inputs.Select(c => categorical.Contains(c) ? Categories(table, c, rows) : Numbers(table, c, rows))],
        };
    }

    private static RawColumn Numbers(CsvTable table, int column, int[] rows)
    {
        var values = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var cell = table.Rows[rows[i]][column];
            values[i] = MissingCells.IsMissing(cell) ? double.NaN : Cells.Number(cell)
                ?? throw new DataException(
                    $"{Cells.Place(table, rows[i], column)}: \"{CsvTable.Shown(cell)}\" is not a finite number with a decimal point; correct it, or add the column to categorical or ignore");
        }

        return new RawColumn(table.Header[column], values, null);
    }

    private static RawColumn Categories(CsvTable table, int column, int[] rows) =>
        new(table.Header[column], null, [.. rows.Select(r => table.Rows[r][column]).Select(c => MissingCells.IsMissing(c) ? null : c)]);

    private static int Column(CsvTable table, string key, string name)
    {
        var index = Array.IndexOf(table.Header, name);
        return index >= 0
            ? index
            : throw new DataException($"{table.Source}: there is no column \"{CsvTable.Shown(name)}\" ({key}); {Names.Suggest(name, table.Header)}the columns are {Some(table.Header)}");
    }

    private static string Some(string[] header) =>
        string.Join(", ", header.Take(12).Select(name => CsvTable.Shown(name))) + (header.Length > 12 ? $", … ({header.Length} in all)" : "");
}
