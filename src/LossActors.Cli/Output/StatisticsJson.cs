using System.Text.Json.Nodes;
using LossActors.Learning.MetaTesting;

namespace LossActors.Cli.Output;

/// <summary>Measured errors and their comparisons as JSON.</summary>
internal static class StatisticsJson
{
    /// <summary>Networks trained under one loss.</summary>
    public static JsonObject Arm(MetaTestArm arm) => new()
    {
        ["learningRate"] = arm.LearningRate,
        ["mean"] = JsonOutput.Number(arm.Mean.Mean),
        ["low"] = JsonOutput.Number(arm.Mean.Low),
        ["high"] = JsonOutput.Number(arm.Mean.High),
        ["meanInTargetUnit"] = JsonOutput.Number(arm.MeanInTargetUnit?.Mean),
        ["diverged"] = arm.Diverged,
        ["errors"] = JsonOutput.Numbers(arm.Errors),
    };

    /// <summary>A paired difference.</summary>
    public static JsonObject Difference(PairedComparison comparison) => new()
    {
        ["mean"] = JsonOutput.Number(comparison.Difference.Mean),
        ["low"] = JsonOutput.Number(comparison.Difference.Low),
        ["high"] = JsonOutput.Number(comparison.Difference.High),
        ["pairs"] = comparison.Pairs,
        ["diverged"] = comparison.Diverged,
        ["effectSize"] = JsonOutput.Number(comparison.EffectSize),
        ["tTest"] = JsonOutput.Number(comparison.TTest),
        ["wilcoxon"] = JsonOutput.Number(comparison.Wilcoxon),
    };
}
