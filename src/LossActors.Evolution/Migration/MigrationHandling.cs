namespace LossActors.Evolution.Migration;

/// <summary>What becomes of emigrants that were put out (pagmo2's migrant handling).</summary>
public enum MigrationHandling
{
    /// <summary>They stay where they are, and whoever pulls gets copies of all.</summary>
    Preserve,
    /// <summary>They leave, each for one neighbour only.</summary>
    Evict,
}
