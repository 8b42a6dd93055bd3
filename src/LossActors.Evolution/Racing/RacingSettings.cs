namespace LossActors.Evolution.Racing;

/// <summary>
/// Learning curves decide early: asynchronous successive halving in its stopping form (Li et al., "A System for Massively Parallel Hyperparameter Tuning",
/// MLSys 2020). A training is looked at on rungs; at each of them only those go on that are as good as about the best 1 / <see cref="ReductionFactor"/> of the island's last
/// 2 · <see cref="ReductionFactor"/> (or <see cref="WarmUp"/>, if that is more) that reached it.
/// </summary>
public sealed record RacingSettings
{
    /// <summary>Whether hopeless candidates are stopped at all; the paper trains every one to its end.</summary>
    public bool Enabled { get; init; }

    /// <summary>η: of those that reach a rung about one in so many goes on, and the next rung lies at so many times the steps. At least 2.</summary>
    public int ReductionFactor { get; init; } = 4;

    /// <summary>
    /// Rungs within a candidate's first training, the k-th from its end after steps / η^k; one more lies at its end, and decides where other replicates are to
    /// follow. 0: only that one.
    /// </summary>
    public int Rungs { get; init; } = 2;

    /// <summary>Candidates that an island must know at a rung before it stops one there: its first ones are trained to their end. At least 1.</summary>
    public int WarmUp { get; init; } = 2;

    /// <summary>
    /// Share of candidates, drawn from a stream of their own, that no rung stops. Without them a late starter would never be seen, and the higher rungs would learn only
    /// from those that the lower ones liked.
    /// </summary>
    public double Spared { get; init; } = 0.03;
}
