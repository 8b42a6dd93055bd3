using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;

namespace LossActors.Evolution.Migration;

/// <summary>What an island puts out at an epoch, and who gets it.</summary>
internal static class Emigration
{
    // Crossover needs two parents.
    private const int FewestThatStay = 2;

    /// <summary>The epoch whose emigrants are to be put out now.</summary>
    public static IslandEvent.Emigrated? Due(IslandState state)
    {
        if (!IsDue(state))
        {
            return null;
        }

        var (settings, epoch) = (state.Settings, state.Epoch + 1);
        ImmutableArray<int> unused = [.. settings.Neighbours.Where(link => !link.IsUsed(settings.Seed, epoch)).Select(link => link.From)];
        if (settings.MigrationHandling == MigrationHandling.Preserve)
        {
            return new(epoch, Select(state)) { Unused = unused };
        }

        var destinations = Deal(settings, epoch);
        ImmutableArray<Individual> leaving = destinations.IsEmpty ? [] : Select(state);
        return new(epoch, leaving) { Unused = unused, Destinations = [.. destinations.Take(leaving.Length)] };
    }

    /// <summary>Whether an epoch is to begin now.</summary>
    public static bool IsDue(IslandState state) =>
        state.Settings is { RandomSearch: false, MigrationInterval: > 0, MigrationSize: > 0 } settings
        && state.Judged - state.IntervalSince.Judged >= (state.Epoch - state.IntervalSince.Epoch + 1L) * settings.MigrationInterval;

    /// <summary>
    /// The best of those born here, including the best ever; those not yet put out come first, so that each epoch brings
    /// something new. Only those trained to the end travel. Migrants do not migrate on: or one champion would fill the ring, and come back to where it was born.
    /// Through the hall of fame go the best ever born here, new or not. Who leaves for good must be a member, and some stay.
    /// </summary>
    public static ImmutableArray<Individual> Select(IslandState state)
    {
        var settings = state.Settings;
        if (settings.IsThroughHallOfFame)
        {
            return [.. state.Hall.Members.Order(Individual.Best).DistinctBy(m => m.Id).Take(settings.MigrationSize)];
        }

        var leave = settings.MigrationHandling == MigrationHandling.Evict;
        var members = Members(state).ToList();
        return [.. (leave ? members : Residents(state))
            .Where(m => m.Id.Island == settings.Island && m.IsFullLength)
            .OrderBy(m => state.PutOut.Contains(m.Id))
            .ThenBy(m => m, Individual.Best)
            .DistinctBy(m => m.Id)
            .Take(leave ? Math.Min(settings.MigrationSize, Math.Max(0, members.Count - FewestThatStay)) : settings.MigrationSize)];
    }

    /// <summary>Puts an epoch's emigrants out and begins to wait for the neighbours'.</summary>
    public static IslandState Apply(IslandState state, IslandEvent.Emigrated emigrated)
    {
        var ids = emigrated.Migrants.Select(m => m.Id).ToHashSet();
        var outdated = Outdated(state, emigrated.Epoch).ToList();
        var destinations = state.Destinations.RemoveRange(outdated);
        state = state with
        {
            Epoch = emigrated.Epoch,
            Emigrants = state.Emigrants.RemoveRange(outdated).SetItem(emigrated.Epoch, emigrated.Migrants),
            Destinations = emigrated.Destinations.IsEmpty ? destinations : destinations.SetItem(emigrated.Epoch, emigrated.Destinations),
            PutOut = [.. Residents(state).Select(m => m.Id).Where(state.PutOut.Contains), .. ids],
            Received = [.. emigrated.Unused],
            Gathered = [],
        };
        return emigrated.Destinations.IsEmpty ? state : state with
        {
            Population = state.Population.RemoveAll(m => ids.Contains(m.Id)),
            Offspring = state.Offspring.RemoveAll(m => ids.Contains(m.Id)),
        };
    }

    /// <summary>What a neighbour gets that pulls for an epoch; null: in strict mode, not yet.</summary>
    public static ImmutableArray<Individual>? For(IslandState state, int epoch, int requester)
    {
        var settings = state.Settings;
        var wanted = settings.Strict ? epoch : state.Epoch;
        if (settings.MigrationHandling == MigrationHandling.Preserve)
        {
            return state.Emigrants.TryGetValue(wanted, out var emigrants) ? emigrants
                : settings.Strict && !state.IsFinished ? null
                : Select(state);
        }

        // Nobody leaves between epochs, or after the last one.
        return settings.Strict
            ? state.Emigrants.ContainsKey(wanted) ? Dealt(state, wanted, requester) : state.IsFinished ? [] : null
            : state.Emigrants.Keys.OrderDescending().Select(e => Dealt(state, e, requester)).FirstOrDefault(dealt => !dealt.IsEmpty, []);
    }

    // Every emigrant to the next one of those that pull at this epoch, going on where the last epoch stopped: nobody need be asked.
    private static ImmutableArray<int> Deal(IslandSettings settings, int epoch)
    {
        ImmutableArray<int> pulling =
            [.. settings.Pullers.Where(link => link.To != settings.Island && link.IsUsed(settings.Seed, epoch)).Select(link => link.To).Distinct()];
        var first = (epoch - 1L) * settings.MigrationSize;
        return pulling.IsEmpty ? [] : [.. Enumerable.Range(0, settings.MigrationSize).Select(i => pulling[(int)((first + i) % pulling.Length)])];
    }

    private static ImmutableArray<Individual> Dealt(IslandState state, int epoch, int requester) =>
        state.Destinations.TryGetValue(epoch, out var destinations)
            ? [.. state.Emigrants[epoch].Where((_, i) => destinations[i] == requester)]
            : [];

    // In strict mode a slow neighbour may come late. Else the latest is served; of those that leave, the latest of every neighbour.
    private static IEnumerable<int> Outdated(IslandState state, int epoch)
    {
        var kept = state.Settings.MigrationHandling == MigrationHandling.Evict ? Math.Max(0, state.Settings.Pullers.Length - 1) : 0;
        return state.Settings.Strict ? [] : state.Emigrants.Keys.Where(old => old < epoch - kept);
    }

    private static IEnumerable<Individual> Members(IslandState state) => state.Population.Concat(state.Offspring);

    private static IEnumerable<Individual> Residents(IslandState state) => Members(state).Concat(state.BestBorn is { } best ? [best] : []);
}
