namespace LossActors.Evolution.Islands;

/// <summary>An island's immutable state.</summary>
public sealed record IslandState
{
    /// <summary>What it was founded with.</summary>
    public required IslandSettings Settings { get; init; }
}
