namespace LossActors.Evolution.Migration;

/// <summary>Whom a migrant replaces in a full population.</summary>
public enum MigrantReplacement
{
    /// <summary>The worst, if the migrant is better than it (pagmo2's fair replacement): migration can never hurt.</summary>
    Fair,
    /// <summary>The oldest but for the elites, as an offspring does.</summary>
    Oldest,
    /// <summary>The worst, however good the migrant.</summary>
    Worst,
}
