using LossActors.Evolution.Candidates;

namespace LossActors.Evolution.Islands;

/// <summary>
/// A population of so many random trees that were trained (<see cref="IslandSettings.InitialPopulation"/>). Gates stop most random trees, so as many births as it has places would leave it a handful of
/// ancestors. Until there are enough, nothing but random trees is born, the best of them stay, and nobody is tuned, for a better one may come with the next birth.
/// </summary>
internal static class InitialPopulation
{
    /// <summary>Whether more random trees are wanted.</summary>
    public static bool IsIncomplete(IslandState state) => !state.Settings.RandomSearch && state.InitialMembers < state.Settings.InitialPopulation;

    /// <summary>Counts a judged birth of the present population. Once there are enough the best are considered for tuning, and what counts as stagnation begins.</summary>
    public static IslandState Count(IslandState state, Verdict verdict)
    {
        if (!IsIncomplete(state) || verdict is not (Verdict.Trained or Verdict.Stopped))
        {
            return state;
        }

        state = state with { InitialMembers = state.InitialMembers + 1 };
        return IsIncomplete(state) ? state : Elites.ConsiderAll(state) with { ImprovedAt = state.Judged };
    }
}
