using System.Collections.Immutable;

namespace LossActors.Learning.MetaTesting;

/// <summary>What meta-testing found: fresh networks under a loss and under the task loss with a tuned learning rate, on the test part, seed by seed.</summary>
public sealed record MetaTestReport
{
    /// <summary>The task.</summary>
    public required string Dataset { get; init; }

    /// <summary>Hash of its raw data.</summary>
    public required string DataHash { get; init; }

    /// <summary>The base network's kind.</summary>
    public required string Network { get; init; }

    /// <summary><c>error rate</c> or <c>mean squared error</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>Training steps per network.</summary>
    public required int Steps { get; init; }

    /// <summary>How steep the loss is at first: the norm of its gradient in the logits over that of the task loss, on a probe sample of a fresh network's outputs.</summary>
    public required double Scale { get; init; }

    /// <summary>Whether the loss was divided by <see cref="Scale"/>.</summary>
    public required bool IsRescaled { get; init; }

    /// <summary>Under the loss.</summary>
    public required MetaTestArm Learned { get; init; }

    /// <summary>Under the task loss.</summary>
    public required MetaTestArm Baseline { get; init; }

    /// <summary>Learned minus baseline.</summary>
    public required PairedComparison Comparison { get; init; }

    /// <summary>Under the loss at the protocol's own learning rate; null where no other was tried.</summary>
    public MetaTestArm? Untuned { get; init; }

    /// <summary>Untuned minus baseline.</summary>
    public PairedComparison? UntunedComparison { get; init; }

    /// <summary>The baseline's learning rates with their validation errors.</summary>
    public required ImmutableArray<TuningPoint> Tuning { get; init; }

    /// <summary>Those of the loss; empty where its rate was not tuned.</summary>
    public required ImmutableArray<TuningPoint> LossTuning { get; init; }
}
