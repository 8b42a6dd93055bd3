using LossActors.Evolution.Candidates;
using LossActors.Expressions.Canonical;

namespace LossActors.Evolution.Islands;

/// <summary>Which trained candidates are queued for refinement: each structure at most once on an island.</summary>
internal static class Elites
{
    // Among fewer members "the best share" would be whoever came first.
    private const int FewestMembers = 4;

    /// <summary>Whether every candidate that passes the gates is tuned before it is trained. Random search goes without tuning.</summary>
    public static bool TunesEverybody(IslandSettings settings) => settings.Refinement == RefinementPolicy.BeforeTraining && !settings.RandomSearch;

    /// <summary>Queues a trained candidate if the policy wants it. What a refinement brought is never refined again.</summary>
    public static IslandState Consider(IslandState state, Individual individual, Origin origin)
    {
        var structure = ExpressionKey.Structure(individual.Expression);
        if (state.Settings.RandomSearch || state.Settings.Refinement is RefinementPolicy.None or RefinementPolicy.BeforeTraining)
        {
            return state;
        }

        if (origin == Origin.Refinement)
        {
            return state with { RefinedStructures = state.RefinedStructures.Add(structure) };
        }

        if (state.RefinedStructures.Contains(structure) || !IsWanted(state, individual))
        {
            return state;
        }

        return state with
        {
            RefinedStructures = state.RefinedStructures.Add(structure),
            RefinementQueue = state.RefinementQueue.Enqueue(individual),
        };
    }

    /// <summary>Considers the members of an initial population that is complete, the best first.</summary>
    public static IslandState ConsiderAll(IslandState state) => state.Population
        .Where(m => m.IsFullLength && m.Id.Island == state.Settings.Island)
        .Order(Individual.Best)
        .Aggregate(state, (considered, member) => Consider(considered, member, Origin.Initial));

    private static bool IsWanted(IslandState state, Individual individual)
    {
        if (state.Settings.Refinement == RefinementPolicy.All)
        {
            return true;
        }

        var members = state.Population.Length + state.Offspring.Length;
        var better = state.Population.Concat(state.Offspring).Count(m => Individual.Best.Compare(m, individual) < 0);
        return !InitialPopulation.IsIncomplete(state) && members >= FewestMembers && better < Math.Ceiling(state.Settings.EliteFraction * members);
    }
}
