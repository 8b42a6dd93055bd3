using System.Collections.Immutable;
using LossActors.Learning.MetaTesting;

namespace LossActors.Studies.Table;

/// <summary>What is kept of <c>lossactors test --json</c>: everything else is computed from it.</summary>
/// <param name="Metric"><c>error rate</c> or <c>mean squared error</c>.</param>
/// <param name="Steps">Training steps per network.</param>
/// <param name="Scale">How steep the loss begins, relative to the task loss.</param>
/// <param name="Learned">Under the loss, its learning rate tuned.</param>
/// <param name="Baseline">Under the task loss, its learning rate tuned.</param>
/// <param name="Untuned">Under the loss, at the rate it was searched with.</param>
internal sealed record TestResult(string Metric, int Steps, double Scale, TestArm Learned, TestArm Baseline, TestArm? Untuned)
{
    /// <summary>Learned less baseline, by seed.</summary>
    public PairedComparison Compare(TestArm arm) => PairedComparison.Of(arm.Errors, Baseline.Errors);
}

/// <summary>One arm of a meta-test.</summary>
/// <param name="LearningRate">Its rate.</param>
/// <param name="Errors">Test error by seed; +∞ where a training diverged.</param>
internal sealed record TestArm(double LearningRate, ImmutableArray<double> Errors)
{
    /// <summary>Over the seeds that did not diverge.</summary>
    public Interval Mean() => Interval.Of([.. Errors.Where(double.IsFinite)]);

    /// <summary>Seeds on which the training diverged.</summary>
    public int Diverged() => Errors.Count(e => !double.IsFinite(e));
}
