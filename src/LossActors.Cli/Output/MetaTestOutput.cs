using System.Text.Json.Nodes;
using LossActors.Cli.Hosting;
using LossActors.Learning.MetaTesting;

namespace LossActors.Cli.Output;

/// <summary>A meta-test as tables or JSON.</summary>
internal static class MetaTestOutput
{
    public static void Write(CliEnvironment environment, LossReference reference, MetaTestReport report, bool rescale, bool json)
    {
        if (json)
        {
            JsonOutput.WriteDocument(environment.Out, ToJson(reference, report));
            return;
        }

        environment.Out.WriteLine($"{reference.Label}: {LossText.Short(reference.Loss)}");
        environment.Out.WriteLine(Numbers.Text($"{report.Network} on {report.Dataset}, {report.Steps} steps, {report.Metric} on the test set over {report.Learned.Errors.Length} seeds"));
        environment.Out.WriteLine();
        string[][] rows =
        [
            Row(report.Untuned is null ? "learned" : "learned, tuned", report.Learned),
            .. report.Untuned is { } untuned ? [Row("learned, as searched", untuned)] : Array.Empty<string[]>(),
            Row("task loss, tuned", report.Baseline),
            Row("difference", report.Comparison),
            .. report.UntunedComparison is { } other ? [Row("difference, as searched", other)] : Array.Empty<string[]>(),
        ];
        TextTable.Write(environment, ["LOSS", "#LEARNING RATE", "#MEAN", "95 % INTERVAL", "#IN TARGET'S UNIT²", "#DIVERGED"], rows);
        environment.Out.WriteLine();
        environment.Out.WriteLine(Verdict(report));
        var rescaled = report.IsRescaled ? ", and was divided by that" : rescale ? ", and could not be divided by that" : "";
        environment.Out.WriteLine(Numbers.Text($"Its gradient begins {Numbers.Short(report.Scale)} times as steep as the task loss's{rescaled}."));
    }

    private static string[] Row(string name, PairedComparison comparison) =>
        [name, "", Numbers.Short(comparison.Difference.Mean), Numbers.Range(comparison.Difference), "", ""];

    private static string[] Row(string name, MetaTestArm arm) =>
        [name, Numbers.Short(arm.LearningRate), Numbers.Short(arm.Mean.Mean), Numbers.Range(arm.Mean), Numbers.Short(arm.MeanInTargetUnit?.Mean), Numbers.Count(arm.Diverged)];

    private static string Verdict(MetaTestReport report)
    {
        var p = report.Comparison;
        var tests = Numbers.Text($"Cohen's d = {Numbers.Short(p.EffectSize)}, paired t-test p = {Numbers.Short(p.TTest)}, Wilcoxon p = {Numbers.Short(p.Wilcoxon)}, {p.Pairs} pairs");
        var seeds = report.Learned.Errors.Length;
        var diverged = report.Learned.Diverged + report.Baseline.Diverged == 0
            ? ""
            : Numbers.Text($"Networks diverged on {report.Learned.Diverged} of {seeds} seeds under the learned loss, on {report.Baseline.Diverged} under the task loss, which counts as the largest error. ");

        // Where a training diverged there is no mean; ranks say who did better.
        return diverged + ((p.TTest ?? p.Wilcoxon, p.TTest is null ? p.Tendency : p.Difference.Mean) switch
        {
            (null, _) => "No seed gave a pair to compare.",
            ( < 0.05, var d) => $"The learned loss is {(d < 0 ? "better" : "worse")}, significantly at 5 % ({tests}).",
            _ => $"No significant difference at 5 % ({tests}).",
        });
    }

    private static JsonObject ToJson(LossReference reference, MetaTestReport report) => new()
    {
        ["loss"] = reference.Label,
        ["expression"] = LossText.Bare(reference.Loss),
        ["weights"] = JsonOutput.Numbers(reference.Loss.Parameters),
        ["dataset"] = report.Dataset,
        ["network"] = report.Network,
        ["metric"] = report.Metric,
        ["steps"] = report.Steps,
        ["scale"] = JsonOutput.Number(report.Scale),
        ["rescaled"] = report.IsRescaled,
        ["learned"] = StatisticsJson.Arm(report.Learned),
        ["baseline"] = StatisticsJson.Arm(report.Baseline),
        ["difference"] = StatisticsJson.Difference(report.Comparison),
        ["untuned"] = report.Untuned is { } untuned ? StatisticsJson.Arm(untuned) : null,
        ["untunedDifference"] = report.UntunedComparison is { } comparison ? StatisticsJson.Difference(comparison) : null,
        ["tuning"] = Points(report.Tuning),
        ["lossTuning"] = Points(report.LossTuning),
    };

    private static JsonArray Points(IEnumerable<TuningPoint> points) =>
        [.. points.Select(point => new JsonObject { ["learningRate"] = point.LearningRate, ["error"] = JsonOutput.Number(point.Error) })];
}
