namespace LossActors.Learning.Protocols;

/// <summary>The gates before training.</summary>
public sealed record FilterSettings
{
    /// <summary>Instances in the probe sample.</summary>
    public int Sample { get; init; } = 100;

    /// <summary>Adam steps of the rejection protocol, at the base learning rate.</summary>
    public int Steps { get; init; } = 1000;
}
