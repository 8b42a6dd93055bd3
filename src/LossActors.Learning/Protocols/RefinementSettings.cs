namespace LossActors.Learning.Protocols;

/// <summary>How coefficients are tuned by unrolled meta-gradients.</summary>
public sealed record RefinementSettings
{
    /// <summary>Meta steps (Adam).</summary>
    public int Steps { get; init; } = 250;

    /// <summary>Base steps unrolled per meta step; 0: a whole training's.</summary>
    public int InnerSteps { get; init; } = 1;

    /// <summary>What meta steps lower.</summary>
    public RefinementObjective Objective { get; init; } = RefinementObjective.TaskLoss;

    /// <summary>Validation instances per meta step; 0: as many as in a training batch. The whole part if it is smaller.</summary>
    public int OuterBatchSize { get; init; }

    /// <summary>Adam's learning rate.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>A longer meta-gradient is shortened to this norm; 0: none is, as in the paper.</summary>
    public double Clip { get; init; } = 10;

    /// <summary>How often a tuning whose meta-gradient is not finite, or whose objective explodes, goes back to its last good coefficients, each time at half the learning rate.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>
    /// A refinement ends when the mean objective of so many meta steps has not fallen by a thousandth for as many steps: a plateau. 0: it never ends early, as in the paper.
    /// </summary>
    public int Patience { get; init; }

    /// <summary>
    /// Evenly spaced points of the tuning whose coefficients are tried in whole trainings, and so are those it began with: the best are kept.
    /// 0: the last coefficients are taken untried, as in the paper.
    /// </summary>
    public int Checkpoints { get; init; } = 4;

    /// <summary>Networks trained to try the coefficients of one checkpoint.</summary>
    public int CheckpointReplicates { get; init; } = 2;

    /// <summary>
    /// Whether a tuned loss is simplified: coefficients that networks train no worse without become 0, 1 or -1, and the loss its canonical form.
    /// </summary>
    public bool Prune { get; init; }
}
