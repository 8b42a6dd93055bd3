using System.Collections.Immutable;
using LossActors.Expressions;

namespace LossActors.Learning.MetaTesting;

/// <summary>What meta-testing found: fresh networks under a loss and under the task loss with a tuned learning rate, on the test part, seed by seed.</summary>
/// <param name="Loss">The loss.</param>
/// <param name="Dataset">The task.</param>
/// <param name="Network">The base network's kind.</param>
/// <param name="Metric"><c>error rate</c> or <c>mean squared error</c>.</param>
/// <param name="Steps">Training steps per network.</param>
/// <param name="Learned">Under the loss.</param>
/// <param name="Baseline">Under the task loss.</param>
/// <param name="Comparison">Learned minus baseline.</param>
/// <param name="Tuning">The baseline's learning rates with their validation errors.</param>
public sealed record MetaTestReport(
    Expression Loss,
    string Dataset,
    string Network,
    string Metric,
    int Steps,
    MetaTestArm Learned,
    MetaTestArm Baseline,
    PairedComparison Comparison,
    ImmutableArray<TuningPoint> Tuning);
