using System.Collections.Immutable;

namespace LossActors.Evolution.Topologies;

/// <summary>Who pulls emigrants from whom.</summary>
public interface ITopology
{
    /// <summary>The name used in experiment files.</summary>
    string Name { get; }

    /// <summary>Whether what comes over its links is what the run's hall of fame has: each island puts out the best it ever bore, and admits only the best of all that it gets.</summary>
    bool IsThroughHallOfFame => false;

    /// <summary>All links of an archipelago.</summary>
    /// <param name="count">How many islands there are, numbered from 0.</param>
    /// <returns>Links between different islands, each once; by the island that pulls, then by the one that it pulls from.</returns>
    ImmutableArray<Link> Links(int count);

    /// <summary>All links of those islands of an archipelago that take part: as if they were the only ones, but by their own numbers.</summary>
    /// <param name="islands">Their numbers, rising.</param>
    ImmutableArray<Link> Among(ImmutableArray<int> islands) => [.. Links(islands.Length).Select(link => link with { From = islands[link.From], To = islands[link.To] })];
}
