using LossActors.Learning.Training;

namespace LossActors.Learning.Protocols;

/// <summary>
/// All that a fitness depends on besides the expression: two evaluations under the same protocol and replicate give the same numbers.
/// Plain data that travels to evaluators; its hash is part of every fitness's key.
/// </summary>
public sealed record EvaluationProtocol
{
    /// <summary>What is learned.</summary>
    public TaskSettings Task { get; init; } = new();

    /// <summary>The base network.</summary>
    public NetworkSettings Network { get; init; } = new();

    /// <summary>How base networks are trained.</summary>
    public TrainingSettings Training { get; init; } = new();

    /// <summary>The gates.</summary>
    public FilterSettings Filters { get; init; } = new();

    /// <summary>How coefficients are tuned.</summary>
    public RefinementSettings Refinement { get; init; } = new();

    /// <summary>Networks trained per candidate, each from its own initial weights and batch order.</summary>
    public int Replicates { get; init; } = 1;

    /// <summary>Seeds the split, the initial weights and the batch orders (never the search).</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How training steps and meta-gradients are computed. Changes results by rounding only.</summary>
    public TrainingPath Path { get; init; }

    /// <summary>Arithmetic of the training: single precision, or double for checks.</summary>
    public bool DoublePrecision { get; init; }
}
