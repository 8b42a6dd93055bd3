using System.Text.Json.Nodes;
using LossActors.Cli.Hosting;
using LossActors.Expressions.Printing;
using LossActors.Learning.MetaTesting;

namespace LossActors.Cli.Output;

/// <summary>A meta-test as tables or JSON.</summary>
internal static class MetaTestOutput
{
    public static void Write(CliEnvironment environment, LossReference reference, MetaTestReport report, bool json)
    {
        if (json)
        {
            JsonOutput.WriteDocument(environment.Out, ToJson(reference, report));
            return;
        }

        environment.Out.WriteLine($"{reference.Label}: {LossText.Short(report.Loss)}");
        environment.Out.WriteLine(Numbers.Text($"{report.Network} on {report.Dataset}, {report.Steps} steps, {report.Metric} on the test set over {report.Learned.Errors.Length} seeds"));
        environment.Out.WriteLine();
        TextTable.Write(
            environment,
            ["LOSS", "#LEARNING RATE", "#MEAN", "95 % INTERVAL", "#IN TARGET'S UNIT²", "#DIVERGED"],
            [Row("learned", report.Learned), Row("task loss, tuned", report.Baseline), ["difference", "", Numbers.Short(report.Comparison.Difference.Mean), Range(report.Comparison.Difference), "", ""]]);
        environment.Out.WriteLine();
        environment.Out.WriteLine(Verdict(report));
    }

    private static string[] Row(string name, MetaTestArm arm) =>
        [name, Numbers.Short(arm.LearningRate), Numbers.Short(arm.Mean.Mean), Range(arm.Mean), Numbers.Short(arm.MeanInTargetUnit?.Mean), Numbers.Count(arm.Diverged)];

    private static string Range(Interval interval) =>
        interval is { Low: { } low, High: { } high } ? $"{Numbers.Short(low)} … {Numbers.Short(high)}" : "–";

    private static string Verdict(MetaTestReport report)
    {
        var p = report.Comparison;
        var tests = Numbers.Text($"paired t-test p = {Numbers.Short(p.TTest)}, Wilcoxon p = {Numbers.Short(p.Wilcoxon)}, {p.Pairs} pairs");
        return p.Difference.Mean switch
        {
            null => "No seed gave a pair to compare.",
            { } d when p.TTest is < 0.05 => $"The learned loss is {(d < 0 ? "better" : "worse")}, significantly at 5 % ({tests}).",
            _ => $"No significant difference at 5 % ({tests}).",
        };
    }

    private static JsonObject ToJson(LossReference reference, MetaTestReport report) => new()
    {
        ["loss"] = reference.Label,
        ["expression"] = ExpressionFormatter.Function(report.Loss),
        ["weights"] = JsonOutput.Numbers(report.Loss.Weights),
        ["dataset"] = report.Dataset,
        ["network"] = report.Network,
        ["metric"] = report.Metric,
        ["steps"] = report.Steps,
        ["learned"] = Arm(report.Learned),
        ["baseline"] = Arm(report.Baseline),
        ["difference"] = new JsonObject
        {
            ["mean"] = JsonOutput.Number(report.Comparison.Difference.Mean),
            ["low"] = JsonOutput.Number(report.Comparison.Difference.Low),
            ["high"] = JsonOutput.Number(report.Comparison.Difference.High),
            ["pairs"] = report.Comparison.Pairs,
            ["tTest"] = JsonOutput.Number(report.Comparison.TTest),
            ["wilcoxon"] = JsonOutput.Number(report.Comparison.Wilcoxon),
        },
        ["tuning"] = new JsonArray([.. report.Tuning.Select(t => new JsonObject { ["learningRate"] = t.LearningRate, ["error"] = JsonOutput.Number(t.Error) })]),
    };

    private static JsonObject Arm(MetaTestArm arm) => new()
    {
        ["learningRate"] = arm.LearningRate,
        ["mean"] = JsonOutput.Number(arm.Mean.Mean),
        ["low"] = JsonOutput.Number(arm.Mean.Low),
        ["high"] = JsonOutput.Number(arm.Mean.High),
        ["meanInTargetUnit"] = JsonOutput.Number(arm.MeanInTargetUnit?.Mean),
        ["diverged"] = arm.Diverged,
        ["errors"] = JsonOutput.Numbers(arm.Errors),
    };
}
