using System.Collections.Immutable;
using LossActors.Actors.Experiments;
using LossActors.Evolution.Islands;

namespace LossActors.Actors.Runs;

/// <summary>What the islands of a search began with, and what they go by now that users may have changed it.</summary>
internal static class Archipelago
{
    /// <summary>What islands begin with: what their journals begin from, whenever they are replayed.</summary>
    /// <param name="founded">The search as it was founded.</param>
    /// <param name="count">How many islands there are by now: those that were added know nothing but their number until they hear the rest.</param>
    public static ImmutableArray<IslandSettings> Founding(SearchSettings founded, int count)
    {
        if (founded.IslandsAtWork == 0)
        {
            return [];
        }

        var first = founded.OnIslands();
        return [.. first, .. Enumerable.Range(first.Length, count - first.Length).Select(island => Added(founded, island))];
    }

    /// <summary>What an added island begins with.</summary>
    public static IslandSettings Added(SearchSettings founded, int island) => founded.Island with { Island = island, IsAdded = true };

    /// <summary>What islands go by. Warm starts were dealt when the search was founded, and are not dealt again.</summary>
    public static ImmutableArray<IslandSettings> Present(SearchSettings founded, SearchSettings present)
    {
        if (present.IslandsAtWork == 0)
        {
            return [];
        }

        var first = founded.OnIslands();
        return [.. present.OnIslands().Select((settings, island) => settings with { WarmStarts = island < first.Length ? first[island].WarmStarts : [] })];
    }
}
