using System.Collections.Immutable;

namespace LossActors.Learning.MetaTesting;

/// <summary>How a loss is meta-tested.</summary>
public sealed record MetaTestSettings
{
    /// <summary>Pairs of networks trained, one seed each.</summary>
    public int Seeds { get; init; } = 10;

    /// <summary>The first replicate used; far from the search's, so that nothing was selected on these seeds.</summary>
    public int FirstReplicate { get; init; } = 100_000;

    /// <summary>Learning rates that are tried on the validation part, for the task loss and, where it is tuned, for the loss.</summary>
    public ImmutableArray<double> LearningRates { get; init; } = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0];

    /// <summary>Seeds per tried rate; others than the tested ones.</summary>
    public int TuningSeeds { get; init; } = 3;

    /// <summary>Whether the loss too is trained at the best of those rates, and not at the protocol's, which the search knew. It hides a rate of its own, so that neither arm profits from its scale.</summary>
    public bool TuneLoss { get; init; }

    /// <summary>Whether the loss is divided by its scale (<see cref="MetaTestReport.Scale"/>), so that both arms begin equally steep.</summary>
    public bool Rescale { get; init; }
}
