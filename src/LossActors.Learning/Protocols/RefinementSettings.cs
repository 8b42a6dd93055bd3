namespace LossActors.Learning.Protocols;

/// <summary>How coefficients are tuned by unrolled meta-gradients.</summary>
public sealed record RefinementSettings
{
    /// <summary>Meta steps (Adam).</summary>
    public int Steps { get; init; } = 250;

    /// <summary>Base steps unrolled per meta step.</summary>
    public int InnerSteps { get; init; } = 1;

    /// <summary>Adam's learning rate.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>
    /// Evenly spaced points of the tuning whose coefficients are tried in whole trainings, and so are those it began with: the best are kept.
    /// 0: the last coefficients are taken untried, as in the paper.
    /// </summary>
    public int Checkpoints { get; init; } = 4;

    /// <summary>Networks trained to try the coefficients of one checkpoint.</summary>
    public int CheckpointReplicates { get; init; } = 2;
}
