using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;

namespace LossActors.Evolution.Populations;

/// <summary>How a judged candidate enters its island: at once (steady state), or with its generation.</summary>
internal static class Survival
{
    /// <summary>Lets an individual in, unless it is there already (a duplicate of a member). A reproduced parent enters the next generation, though it is in this one.</summary>
    public static IslandState Enter(IslandState state, Individual newcomer, Origin origin)
    {
        var isReproduced = origin == Origin.Reproduction && state.Settings.Schedule == Schedule.Generational;
        if ((Replacement.Holds(state.Population, newcomer) && !isReproduced) || Replacement.Holds(state.Offspring, newcomer))
        {
            return state;
        }

        state = Stagnation.Notice(Remember(state, newcomer), newcomer);
        return state.Settings.Schedule == Schedule.Generational
            ? state with { Offspring = state.Offspring.Add(newcomer) }
            : state with
            {
                Population = InitialPopulation.IsIncomplete(state)
                    ? Replacement.IfBetter(state.Population, newcomer, state.Settings)
                    : Replacement.ByAge(state.Population, newcomer, state.Settings),
            };
    }

    /// <summary>Remembers the best, whether or not they enter.</summary>
    public static IslandState Remember(IslandState state, Individual born) =>
        state with { Best = Better(state.Best, born), BestBorn = Better(state.BestBorn, born) };

    /// <summary>Under the generational schedule: puts the next population in place when a generation has been judged.</summary>
    public static IslandState CloseGeneration(IslandState state) =>
        state.Settings.Schedule == Schedule.Generational && state.Judged % state.Settings.Population == 0
            ? state with { Population = Replacement.ByGeneration(state.Population, state.Offspring, state.Settings), Offspring = [] }
            : state;

    /// <summary>The better of the two.</summary>
    public static Individual Better(Individual? best, Individual other) =>
        best is not null && Individual.Best.Compare(best, other) <= 0 ? best : other;
}
