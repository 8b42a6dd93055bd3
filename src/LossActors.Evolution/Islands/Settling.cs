using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Migration;
using LossActors.Evolution.Populations;

namespace LossActors.Evolution.Islands;

/// <summary>How a clone begins: with the members of another island, as they were when it asked for them, instead of random trees.</summary>
internal static class Settling
{
    /// <summary>Whose members a clone still waits for.</summary>
    public static int? From(IslandState state) => state.IsSettled || state.Settings.IsClosed ? null : state.Settings.CloneOf;

    /// <summary>What a clone gets that asks this island.</summary>
    public static ImmutableArray<Individual> Members(IslandState state) => [.. state.Population.Where(m => double.IsFinite(m.Fitness))];

    /// <summary>Members keep their names and their fitness: nothing of theirs is evaluated again.</summary>
    public static IslandEvent.Settled Answer(IslandState state, IslandCommand.Settle settle) =>
        new(settle.From, [.. (settle.Members.IsDefault ? [] : settle.Members).TakeLast(state.Settings.Population)]);

    /// <summary>Lets them in, all at once, in the order in which they entered where they come from; members that were measured on other tasks are the first births.</summary>
    public static IslandState Apply(IslandState state, IslandEvent.Settled settled)
    {
        if (Immigration.IsStranger(state.Settings, settled.From))
        {
            return Immigration.Await(state, settled.Members) with { IsSettled = true };
        }

        foreach (var member in settled.Members)
        {
            state = Stagnation.Notice(
                state with
                {
                    Best = Survival.Better(state.Best, member),
                    Ledger = state.Ledger.With(member.Expression, member.Id, state.Proposed).WithFitness(member.Id, member.Fitness, member.StoppedAt),
                },
                member);
        }

        // As many births as there are members count as made already: what is missing is made at random. They are all its initial population.
        return state with { Population = settled.Members, IsSettled = true, ResetAt = -settled.Members.Length, InitialMembers = state.Settings.InitialPopulation };
    }
}
