using LossActors.Learning.MetaTesting;

namespace LossActors.Cli.Comparison;

/// <summary>A loss on the test part.</summary>
/// <param name="Label">Its run, or the task loss.</param>
/// <param name="Arm">Networks trained under it.</param>
internal sealed record Contestant(string Label, MetaTestArm Arm);
