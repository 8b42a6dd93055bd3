using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Populations;

namespace LossActors.Evolution.Migration;

/// <summary>Pull migration: each island puts out its best at every epoch, and its neighbours fetch them.</summary>
/// <remarks>
/// Epoch k is due when k · <see cref="IslandSettings.MigrationInterval"/> births have been judged. Without strict mode
/// nobody waits: an island keeps asking for its latest epoch and gets what the neighbour has. In strict mode it asks one
/// neighbour after the other, in their order, and goes on when all have answered; an island whose budget is spent
/// asks no more, but still answers. The slowest island never waits for an epoch that others have not reached, so there is
/// always one that can go on, whatever the topology and the window.
/// </remarks>
internal static class Migrations
{
    /// <summary>The epoch whose emigrants are to be put out now.</summary>
    public static IslandEvent.Emigrated? Due(IslandState state)
    {
        var settings = state.Settings;
        return settings is { RandomSearch: false, MigrationInterval: > 0, MigrationSize: > 0 }
            && state.Judged >= (state.Epoch + 1L) * settings.MigrationInterval
            ? new(state.Epoch + 1, Select(state))
            : null;
    }

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

    /// <summary>
    /// The best of those born here, including the best ever; those not yet put out come first, so that each epoch brings
    /// something new. Only those trained to the end travel. Migrants do not migrate on: or one champion would fill the ring, and come back to where it was born.
    /// </summary>
    public static ImmutableArray<Individual> Select(IslandState state) =>
        [.. Residents(state)
            .Where(m => m.Id.Island == state.Settings.Island && m.IsFullLength)
            .OrderBy(m => state.PutOut.Contains(m.Id))
            .ThenBy(m => m, Individual.Best)
            .DistinctBy(m => m.Id)
            .Take(state.Settings.MigrationSize)];

    /// <summary>Puts an epoch's emigrants out and begins to wait for the neighbours'.</summary>
    public static IslandState Emigrate(IslandState state, IslandEvent.Emigrated emigrated) => state with
    {
        Epoch = emigrated.Epoch,
        Emigrants = (state.Settings.Strict ? state.Emigrants : state.Emigrants.Clear()).SetItem(emigrated.Epoch, emigrated.Migrants),
        PutOut = [.. Residents(state).Select(m => m.Id).Where(state.PutOut.Contains), .. emigrated.Migrants.Select(m => m.Id)],
        Received = [],
    };

    /// <summary>
    /// Who of a neighbour's emigrants may enter: whoever was not born here (no echo), is not a member already, and is better than the
    /// member that would have to leave.
    /// </summary>
    public static ImmutableArray<Individual> Accept(IslandState state, ImmutableArray<Individual> migrants)
    {
        var accepted = ImmutableArray.CreateBuilder<Individual>();
        var members = state.Population;
        foreach (var migrant in migrants.IsDefault ? [] : migrants)
        {
            if (migrant.Id.Island == state.Settings.Island
                || !double.IsFinite(migrant.Fitness)
                || Replacement.Holds(members, migrant)
                || Replacement.Holds(state.Offspring, migrant))
            {
                continue;
            }

            var after = Replacement.IfBetter(members, migrant, state.Settings);
            if (after != members)
            {
                accepted.Add(migrant);
                members = after;
            }
        }

        return accepted.ToImmutable();
    }

    /// <summary>Lets the accepted ones in. They are as old as their admission, and known to the ledger from now on.</summary>
    public static IslandState Admit(IslandState state, IslandEvent.MigrantsAdmitted admitted)
    {
        foreach (var migrant in admitted.Accepted)
        {
            state = state with
            {
                Population = Replacement.IfBetter(state.Population, migrant, state.Settings),
                Best = Survival.Better(state.Best, migrant),
                Ledger = state.Ledger.With(migrant.Expression, migrant.Id, state.Proposed).WithFitness(migrant.Id, migrant.Fitness, migrant.StoppedAt),
            };
        }

        return admitted.Epoch == state.Epoch ? state with { Received = state.Received.Add(admitted.From) } : state;
    }

    private static IEnumerable<Individual> Residents(IslandState state) =>
        state.Population.Concat(state.Offspring).Concat(state.BestBorn is { } best ? [best] : []);

    private static IEnumerable<int> Missing(IslandState state) => state.Epoch == 0 || state.IsSpent
        ? []
        : state.Settings.Neighbours.Where(n => n != state.Settings.Island && !state.Received.Contains(n)).Distinct();
}
