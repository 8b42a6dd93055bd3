namespace LossActors.Evolution.Islands;

/// <summary>What follows when an island has not improved for long.</summary>
public enum StagnationAction
{
    /// <summary>Its population restarts.</summary>
    Reset,
    /// <summary>It goes on, and another island is to begin beside it.</summary>
    Spawn,
}
