namespace LossActors.Evolution.Islands;

/// <summary>What a restarted population begins with.</summary>
public enum StagnationKeep
{
    /// <summary>Its elites.</summary>
    Elites,
    /// <summary>Nothing.</summary>
    Nothing,
}
