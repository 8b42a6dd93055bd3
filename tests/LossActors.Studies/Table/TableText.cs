using System.Globalization;
using System.Text;
using LossActors.Learning.MetaTesting;

namespace LossActors.Studies.Table;

/// <summary>The results table as Markdown, from the cells alone.</summary>
internal static class TableText
{
    /// <summary>The whole document.</summary>
    public static string Render(string folder, IReadOnlyList<TableRow> rows)
    {
        var text = new StringBuilder("# Results\n\n");
        Paragraph(text, Preface(rows));
        if (TableRow.WithoutLoss(folder) is { Length: > 0 } without)
        {
            Paragraph(text, $"No search found a loss: {string.Join("; ", without)}.");
        }

        text.Append("![Differences to the tuned task loss](table.svg)\n\n## Every method\n\n");
        Paragraph(text, "p of the paired t-test, and of Wilcoxon's signed-rank test; Holm: corrected over the tasks of the same method. Candidates, training steps and time are those of all searches of the cell.");
        Table(text, ["task", "method", "test error", "95 %", "difference to the tuned task loss", "95 %", "p (t)", "Holm", "p (Wilcoxon)", "Holm", "d", "diverged", "candidates", "training steps", "time"], rows.Select(Row));

        text.Append("## The best learned loss of each task\n\n");
        var best = TableRow.Best(rows);
        Paragraph(text, $"Of all methods that learn (random trees are a control), the loss with the lowest validation error, its learning rate tuned (measured alike for all methods). Holm: corrected over these {best.Length} tasks.");
        Table(text, ["task", "method", "difference to the tuned task loss", "95 %", "p (t)", "Holm", "p (Wilcoxon)", "Holm", "d"], best.Select(row => new[]
        {
            row.Task.Title, row.Method.Name, Error(row, row.Comparison.Difference.Mean), Range(row, row.Comparison.Difference), P(row.Comparison.TTest), P(row.HolmT), P(row.Comparison.Wilcoxon), P(row.HolmWilcoxon), Short(row.Comparison.EffectSize),
        }));

        text.Append("## The learning rate that a loss hides\n\n");
        Paragraph(text, "Scale: how steep the loss begins, relative to the task loss. Both arms were tuned over the same rates on validation data; beside it the loss at the rate that it was searched with.");
        Table(text, ["task", "method", "scale", "rate, tuned", "rate of the task loss", "difference", "rate as searched", "difference"], Learned(rows).Select(row => new[]
        {
            row.Task.Title, row.Method.Name, Short(row.Test.Scale), Short(row.Test.Learned.LearningRate), Short(row.Test.Baseline.LearningRate), Error(row, row.Comparison.Difference.Mean),
            Short(row.Test.Untuned?.LearningRate), row.Test.Untuned is { } untuned ? Error(row, row.Test.Compare(untuned).Difference.Mean) : "–",
        }));

        Versus(text, folder, TableMethod.Own, TableMethod.Paper, "half the training steps");
        Versus(text, folder, TableMethod.Own, TableMethod.Random, "equal training steps");
        text.Append("## The losses\n\n");
        Paragraph(text, $"As searched, and in the search, {TableMethod.Own.Name} and {TableMethod.Random.Name} measure a network at several points near the end of its training: the mean of its errors there.");
        Table(text, ["task", "method", "validation error, tuned", "as searched, fresh networks", "fitness in the search", "loss"], rows.Select(row => new[]
        {
            row.Task.Title, row.Method.Name, Error(row, row.Test.ValidationError), Error(row, row.Winner.ValidationError), Error(row, row.Winner.SearchFitness), $"`{row.Loss}`",
        }));
        return text.ToString();
    }

    private static string Preface(IReadOnlyList<TableRow> rows) => Invariant(
        $"Of {Counts(Learned(rows).Select(r => r.Cell.Searches.Length))} independent searches per cell the winner on the validation part (finalists measured on fresh networks), meta-tested on the test part: {Counts(rows.Select(r => r.Test.Learned.Errors.Length))} fresh networks each under the loss and under the task loss, paired by seed, both learning rates tuned on the validation part. Negative differences: the learned loss is better. Error rates in percent; squared errors on the standardised target. Written by `LossActors.Studies -- table` from the JSON files beside it.");

    private static IEnumerable<TableRow> Learned(IEnumerable<TableRow> rows) => rows.Where(row => row.Method != TableMethod.Baseline);

    private static string[] Row(TableRow row) =>
    [
        row.Task.Title,
        row.Method.Name,
        Error(row, row.Test.Learned.Mean().Mean),
        Range(row, row.Test.Learned.Mean()),
        .. row.Method == TableMethod.Baseline ? Enumerable.Repeat("–", 7) :
        [
            Error(row, row.Comparison.Difference.Mean),
            Range(row, row.Comparison.Difference),
            P(row.Comparison.TTest),
            P(row.HolmT),
            P(row.Comparison.Wilcoxon),
            P(row.HolmWilcoxon),
            Short(row.Comparison.EffectSize),
        ],
        Invariant($"{row.Test.Learned.Diverged()}"),
        Invariant($"{row.Cell.Searches.Sum(s => s.Evaluations):N0}"),
        Invariant($"{row.Cell.Searches.Sum(s => s.TrainingSteps):N0}"),
        Invariant($"{TimeSpan.FromSeconds(row.Cell.Searches.Sum(s => s.Seconds)):h\\:mm\\:ss}"),
    ];

    private static void Versus(StringBuilder text, string folder, TableMethod first, TableMethod second, string condition)
    {
        var comparisons = SearchComparison.Of(folder, first, second);
        if (comparisons.IsEmpty)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"## {first.Name} against {second.Name} at {condition}\n\n");
        Paragraph(text, "The winners of each search seed, tuned, mean test errors as percentages of the tuned task loss's; paired by search seed. A search without a loss, or with one under which a network diverged, counts as the worst. p-values of single tasks are not corrected; the last row holds for these tasks only.");
        Table(text, ["task", "searches", "share of the steps", "difference, points", "95 %", "p (t)", "p (Wilcoxon)"], comparisons.Select(c => new[]
        {
            c.Task?.Title ?? "all", Invariant($"{c.Comparison.Pairs}"), Invariant($"{c.StepShare:F2}"), Short(100 * c.Comparison.Difference.Mean), Range(c.Comparison.Difference.Times(100)), P(c.Comparison.TTest), P(c.Comparison.Wilcoxon),
        }));
    }

    private static void Table(StringBuilder text, string[] titles, IEnumerable<string[]> rows)
    {
        Line(text, titles);
        Line(text, titles.Select(_ => "---"));
        foreach (var row in rows)
        {
            Line(text, row);
        }

        text.Append('\n');
    }

    private static void Line(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static void Paragraph(StringBuilder text, string paragraph) => text.Append(paragraph).Append("\n\n");

    private static string Counts(IEnumerable<int> counts) => string.Join(" or ", counts.Distinct().Order());

    private static double Unit(TableRow row) => row.Test.Metric == "error rate" ? 100 : 1;

    private static string Error(TableRow row, double? error) => Short(error * Unit(row));

    private static string Range(TableRow row, Interval interval) => Range(interval.Times(Unit(row)));

    private static string Range(Interval interval) => interval is { Low: { } low, High: { } high } ? $"{Short(low)} … {Short(high)}" : "–";

    private static string P(double? p) => p is { } value ? value.ToString("G2", CultureInfo.InvariantCulture) : "–";

    private static string Short(double? number) => number is { } value ? value.ToString("G3", CultureInfo.InvariantCulture) : "–";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
