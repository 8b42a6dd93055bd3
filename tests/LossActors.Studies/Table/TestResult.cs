using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LossActors.Learning.MetaTesting;

namespace LossActors.Studies.Table;

/// <summary>What is kept of <c>lossactors test --json</c>: everything else is computed from it.</summary>
/// <param name="Metric"><c>error rate</c> or <c>mean squared error</c>.</param>
/// <param name="Steps">Training steps per network.</param>
/// <param name="Scale">How steep the loss begins, relative to the task loss.</param>
/// <param name="Learned">Under the loss, its learning rate tuned.</param>
/// <param name="Baseline">Under the task loss, its learning rate tuned.</param>
/// <param name="Untuned">Under the loss, at the rate it was searched with.</param>
/// <param name="Tuning">The rates tried for the task loss.</param>
/// <param name="LossTuning">The rates tried for the loss.</param>
internal sealed record TestResult(string Metric, int Steps, double Scale, TestArm Learned, TestArm Baseline, TestArm? Untuned, ImmutableArray<TestedRate> Tuning, ImmutableArray<TestedRate> LossTuning)
{
    /// <summary>
    /// Validation error of the loss at its best rate: measured alike for every method, unlike its fitness (whose networks and divisions of the data the method chooses).
    /// +∞ where nothing was tuned.
    /// </summary>
    [JsonIgnore]
    public double ValidationError => LossTuning.IsDefaultOrEmpty ? double.PositiveInfinity : LossTuning.Min(rate => rate.Error ?? double.PositiveInfinity);

    /// <summary>Learned less baseline, by seed.</summary>
    public PairedComparison Compare(TestArm arm) => PairedComparison.Of(arm.Errors, Baseline.Errors);
}

/// <summary>One arm of a meta-test.</summary>
/// <param name="LearningRate">Its rate.</param>
/// <param name="Errors">Test error by seed; +∞ where a training diverged.</param>
internal sealed record TestArm(double LearningRate, ImmutableArray<double> Errors)
{
    /// <summary>Over all seeds; no number where any diverged.</summary>
    public Interval Mean() => Interval.Of(Errors.All(double.IsFinite) ? Errors : []);

    /// <summary>Seeds on which the training diverged.</summary>
    public int Diverged() => Errors.Count(e => !double.IsFinite(e));
}

/// <summary>A learning rate and what it came to.</summary>
/// <param name="LearningRate">The rate.</param>
/// <param name="Error">Mean validation error; null: trainings diverged.</param>
internal sealed record TestedRate(double LearningRate, double? Error);
