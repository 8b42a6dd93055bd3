using System.Collections.Immutable;
using LossActors.Learning.MetaTesting;

namespace LossActors.Studies.Table;

/// <summary>A row of the results table: the winner of one cell on the test part.</summary>
/// <param name="Task">The task.</param>
/// <param name="Method">The method.</param>
/// <param name="Cell">What was measured.</param>
/// <param name="Winner">The search that validation chose.</param>
/// <param name="Test">Its meta-test.</param>
internal sealed record TableRow(TableTask Task, TableMethod Method, Cell Cell, CellSearch Winner, TestResult Test)
{
    /// <summary>Against the tuned task loss, by seed.</summary>
    public PairedComparison Comparison { get; } = Test.Compare(Test.Learned);

    /// <summary>p of the t-test, corrected over the tasks of the same method.</summary>
    public double? HolmT { get; init; }

    /// <summary>p of Wilcoxon's test, corrected likewise.</summary>
    public double? HolmWilcoxon { get; init; }

    /// <summary>The winner as people read it.</summary>
    public string Loss => Winner.Loss is { } loss ? LossText.Short(loss) : Test.Metric == "error rate" ? "cross-entropy" : "squared error";

    /// <summary>The difference and its interval in shares of the baseline's error, so that tasks can stand beside each other.</summary>
    public Interval Relative => Comparison.Difference.Times(1 / (Test.Baseline.Mean().Mean ?? double.NaN));

    /// <summary>All rows that there are cells for, by task, each method's p-values corrected over its tasks.</summary>
    public static ImmutableArray<TableRow> Read(string folder) =>
    [
        .. TableMethod.All.SelectMany(method => Corrected(TableTask.All.Select(task => Of(folder, task, method)).OfType<TableRow>()))
            .OrderBy(row => TableTask.All.IndexOf(row.Task)).ThenBy(row => TableMethod.All.IndexOf(row.Method)),
    ];

    /// <summary>For each task the learned loss with the lowest validation error at its best rate, whatever method found it; corrected over the tasks.</summary>
    public static ImmutableArray<TableRow> Best(IEnumerable<TableRow> rows) =>
    [
        .. Corrected(rows.Where(row => TableMethod.Learned.Contains(row.Method)).GroupBy(row => row.Task)
            .Select(task => task.MinBy(row => row.Test.ValidationError)!)),
    ];

    /// <summary>Cells whose searches have all ended without a loss: <c>task, method</c>.</summary>
    public static ImmutableArray<string> WithoutLoss(string folder) =>
    [
        .. from task in TableTask.All
           from method in TableMethod.All
           where method != TableMethod.Baseline
           let cell = Cell.Read(folder, task, method)
           where cell is { Searches.IsEmpty: false, Winner: null }
           select $"{task.Title}, {method.Name}",
    ];

    private static TableRow? Of(string folder, TableTask task, TableMethod method)
    {
        var cell = Cell.Read(folder, task, method);
        return method == TableMethod.Baseline ? OfBaseline(folder, task, cell)
            : cell.Winner is { Test: { } test } winner ? new TableRow(task, method, cell, winner, test)
            : null;
    }

    // The task loss stands beside every loss that was tested on the task, always with the same networks.
    private static TableRow? OfBaseline(string folder, TableTask task, Cell cell) =>
        cell.Searches is [var search, ..] && TableMethod.All.Select(other => Cell.Read(folder, task, other).Winner?.Test).OfType<TestResult>().FirstOrDefault() is { } test
            ? new TableRow(task, TableMethod.Baseline, cell, search, test with { Scale = 1, Learned = test.Baseline, Untuned = null, LossTuning = test.Tuning })
            : null;

    private static IEnumerable<TableRow> Corrected(IEnumerable<TableRow> family)
    {
        var rows = family.ToList();
        var (t, wilcoxon) = (Holm.Adjust([.. rows.Select(r => r.Comparison.TTest)]), Holm.Adjust([.. rows.Select(r => r.Comparison.Wilcoxon)]));
        return rows.Select((row, i) => row with { HolmT = t[i], HolmWilcoxon = wilcoxon[i] });
    }
}
