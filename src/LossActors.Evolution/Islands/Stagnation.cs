using System.Collections.Immutable;
using LossActors.Evolution.Candidates;

namespace LossActors.Evolution.Islands;

/// <summary>
/// A population that has not improved for long asks for another island beside it, or is given up: it restarts with random trees, beside its elites or nothing. What the island knows (ledger, equivalence archive,
/// hall of fame) stays, so that nothing is evaluated twice and nothing is lost.
/// </summary>
/// <remarks>
/// Births that were under way at a restart belong to the population that was given up: they are judged like any other, but enter neither the new population nor what racing
/// compares with, or its first random trees would have to do as well as the offspring of many generations.
/// </remarks>
internal static class Stagnation
{
    /// <summary>What is due now. It is a matter of births judged alone, so that strict mode restarts at the same birth however grants are timed.</summary>
    public static IslandEvent? Due(IslandState state)
    {
        var settings = state.Settings;
        var isDue = settings is { StagnationAfter: > 0, RandomSearch: false }
            && state.BestSinceReset is not null
            && !InitialPopulation.IsIncomplete(state)
            && state.Judged - state.ImprovedAt >= settings.StagnationAfter
            && (settings.Schedule == Schedule.SteadyState || state.Judged % settings.Population == 0);
        return !isDue ? null
            : settings.StagnationAction == StagnationAction.Spawn ? new IslandEvent.Stagnated(state.Proposed)
            : new IslandEvent.PopulationReset(state.Proposed, Kept(state));
    }

    /// <summary>Takes note of whoever enters the population.</summary>
    public static IslandState Notice(IslandState state, Individual newcomer) =>
        state.BestSinceReset is null || Individual.Best.Compare(newcomer, state.BestSinceReset) < 0
            ? state with { BestSinceReset = newcomer, ImprovedAt = state.Judged }
            : state;

    /// <summary>Restarts.</summary>
    public static IslandState Apply(IslandState state, IslandEvent.PopulationReset reset)
    {
        ImmutableArray<Individual> kept = [.. state.Population.Where(m => reset.Kept.Contains(m.Id))];
        state = state with
        {
            Population = kept,
            Offspring = [],
            BestSinceReset = kept.IsEmpty ? null : kept.Min(Individual.Best),
            ImprovedAt = state.Judged,
            ResetAt = reset.AtBirth,
            InitialMembers = 0,
            Rungs = new(),
        };
        // Tuned elites would bring back what was given up.
        return !kept.IsEmpty ? state : state with
        {
            RefinementQueue = [],
            RefinedStructures = state.RefinedStructures.Except(state.RefinementQueue.Select(m => Expressions.Canonical.ExpressionKey.Structure(m.Expression))),
        };
    }

    private static ImmutableArray<CandidateId> Kept(IslandState state) => state.Settings.StagnationKeep == StagnationKeep.Nothing
        ? []
        : [.. state.Population.Order(Individual.Best).Take(state.Settings.Elites).Select(m => m.Id)];
}
