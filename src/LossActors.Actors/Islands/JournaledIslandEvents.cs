using System.Collections.Immutable;
using LossActors.Actors.Persistence;

namespace LossActors.Actors.Islands;

/// <summary>
/// What an island decided at one time, perhaps on many answers at once: one row of the journal, so that it is there as a whole or not at all. Journals of
/// earlier versions hold a row for each <see cref="JournaledIslandEvent"/>.
/// </summary>
/// <param name="Events">In their order; all of the same time.</param>
public sealed record JournaledIslandEvents(ImmutableArray<JournaledIslandEvent> Events) : IJournaled
{
    /// <summary>The events of a row, of either kind.</summary>
    /// <exception cref="ArgumentException">It is no row of an island's journal.</exception>
    public static ImmutableArray<JournaledIslandEvent> In(object row) => row switch
    {
        JournaledIslandEvents many => many.Events,
        JournaledIslandEvent one => [one],
        _ => throw new ArgumentException($"An island's journal holds no {row.GetType().Name}."),
    };
}
