namespace LossActors.Learning.Protocols;

/// <summary>A task beside the main one, on which every loss has to prove itself too.</summary>
public sealed record FurtherTask
{
    /// <summary>What is learned.</summary>
    public TaskSettings Task { get; init; } = new();

    /// <summary>The base network.</summary>
    public NetworkSettings Network { get; init; } = new();

    /// <summary>How base networks are trained.</summary>
    public TrainingSettings Training { get; init; } = new();

    /// <summary>How much it counts; the main task's weight is 1.</summary>
    public double Weight { get; init; } = 1;
}
