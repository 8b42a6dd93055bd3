using LossActors.Cli.Output;

namespace LossActors.Cli.Report;

/// <summary>The head of the page: what was searched, and the numbers that matter.</summary>
internal static class SummarySection
{
    public static void Write(Html html, ReportData data)
    {
        var run = data.Run;
        var task = run.Experiment.Protocol.Task;
        html.Raw("<header>\n<h1>").Text(run.Run).Raw(" <span class=\"state\">").Text(run.State).Raw("</span></h1>\n")
            .Element(
                "p",
                Numbers.Text($"Losses for {run.Experiment.Protocol.Network.Kind} networks on {task.Dataset}: {MethodText.Of(run)}, {Numbers.Count(run.Evaluations)} candidates judged, {Numbers.Count(run.Trained)} of them trained, {Numbers.Count(run.TrainingSteps)} training steps{(run.RefinementSteps > 0 ? $" ({Numbers.Count(run.RefinementSteps)} in refinements)" : "")}, {Numbers.Clock(TimeSpan.FromSeconds(run.ElapsedSeconds))} at work, started {run.CreatedAt.ToLocalTime():yyyy-MM-dd HH:mm}."),
                "sub")
            .Raw("</header>\n<div class=\"tiles\">\n");

        var fitness = data.Best?.Fitness ?? data.Best?.SearchFitness;
        var baseline = run.Baseline?.Value;
        Tile(html, Error(fitness, data.IsRegression), "best learned loss, validation");
        Tile(html, Error(baseline, data.IsRegression), $"{RunTables.TaskLossName(run.Metric)}, tuned learning rate");
        if (fitness is { } best && baseline is > 0)
        {
            var change = (best - baseline.Value) / baseline.Value;
            Tile(html, Numbers.Text($"{(change > 0 ? "+" : "−")}{Numbers.Percent(Math.Abs(change))}"), change < 0 ? "error, below the baseline" : "error, against the baseline", change < 0 ? "good" : "bad");
        }

        var saved = data.Gates.Sum(g => g.SavedSeconds);
        Tile(html, Numbers.Clock(TimeSpan.FromSeconds(saved)), "evaluator time that the gates saved");
        html.Raw("</div>\n");
        if (run.State == "completed" && data.Best is { Replicates.Length: > 1 } measured)
        {
            html.Raw("<p class=\"lead\">")
                .Text(Numbers.Text($"Both errors are means over {measured.Replicates.Length} fresh networks that the search never saw, on the validation part. On the test part measures: "))
                .Raw("<code>").Text($"lossactors test {run.Run}").Raw("</code></p>\n");
        }
    }

    private static string Error(double? value, bool isRegression) =>
        value is not { } number ? "–" : isRegression ? Numbers.Short(number) : Numbers.Text($"{100 * number:0.00} %");

    private static void Tile(Html html, string value, string label, string? cssClass = null) =>
        html.Raw($"<div class=\"tile {cssClass}\"><b>").Text(value).Raw("</b><span>").Text(label).Raw("</span></div>\n");
}
