using System.Collections.Immutable;

namespace LossActors.Learning.MetaTesting;

/// <summary>How a loss is meta-tested.</summary>
public sealed record MetaTestSettings
{
    /// <summary>Pairs of networks trained, one seed each.</summary>
    public int Seeds { get; init; } = 10;

    /// <summary>The first replicate used; far from the search's, so that nothing was selected on these seeds.</summary>
    public int FirstReplicate { get; init; } = 100_000;

    /// <summary>Learning rate under the loss; null: the protocol's. (A learned loss brings its own scale.)</summary>
    public double? LearningRate { get; init; }

    /// <summary>Learning rates tried for the task loss, on the validation part.</summary>
    public ImmutableArray<double> BaselineLearningRates { get; init; } = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0];

    /// <summary>Seeds per tried rate; others than the tested ones.</summary>
    public int TuningSeeds { get; init; } = 3;
}
