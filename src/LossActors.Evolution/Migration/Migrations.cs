using LossActors.Evolution.Islands;

namespace LossActors.Evolution.Migration;

/// <summary>Pull migration: each island puts out its best at every epoch, and its neighbours fetch them.</summary>
/// <remarks>
/// Epoch k is due when k · <see cref="IslandSettings.MigrationInterval"/> births have been judged (counted anew from where a user changed the interval). Without strict mode
/// nobody waits: an island keeps asking for its latest epoch and gets what the neighbour has. In strict mode it asks one
/// neighbour after the other, in their order, and goes on when all have answered; an island whose budget is spent
/// asks no more, but still answers. The slowest island never waits for an epoch that others have not reached, so there is
/// always one that can go on, whatever the topology, the window and the shares of the budget.
/// </remarks>
internal static class Migrations
{
    /// <summary>The neighbours to be asked now for the present epoch.</summary>
    public static IEnumerable<int> Wanted(IslandState state) => (state.Settings.Strict, state.Proposed < state.Budget.Granted) switch
    {
        (false, _) => Missing(state),
        (true, true) => Missing(state).Take(1),
        // Whether this island will ever propose again, and so whether it is to ask, the next grant says.
        (true, false) => [],
    };

    /// <summary>In strict mode: whether nothing may be proposed or judged until neighbours have answered.</summary>
    public static bool Blocks(IslandState state) => state.Settings.Strict && Missing(state).Any();

    /// <summary>Neighbours whose emigrants of the present epoch have still to come.</summary>
    public static IEnumerable<int> Missing(IslandState state) => state.Epoch == 0 || state.IsSpent
        ? []
        : Sources(state.Settings).Where(from => !state.Received.Contains(from));

    /// <summary>The islands that one pulls from, in the order in which it asks.</summary>
    public static IEnumerable<int> Sources(IslandSettings settings) =>
        settings.Neighbours.Select(link => link.From).Where(from => from != settings.Island).Distinct();
}
