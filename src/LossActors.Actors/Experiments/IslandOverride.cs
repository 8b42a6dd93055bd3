using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Expressions;

namespace LossActors.Actors.Experiments;

/// <summary>What some islands have of their own: all of it spelled out, also where it is as on the others.</summary>
public sealed record IslandOverride
{
    /// <summary>Which islands, from 0.</summary>
    public required ImmutableArray<int> Islands { get; init; }

    /// <summary>The weight of each of them in the division of the budget; that of an island without overrides is 1.</summary>
    public int Budget { get; init; } = 1;

    /// <summary>What their candidates are measured on.</summary>
    public TaskSet Tasks { get; init; }

    /// <summary>Individuals kept.</summary>
    public required int Population { get; init; }

    /// <summary>Individuals per tournament.</summary>
    public required int Tournament { get; init; }

    /// <summary>The best so many are never removed by age.</summary>
    public required int Elites { get; init; }

    /// <summary>Least height of initial trees.</summary>
    public required int MinInitialHeight { get; init; }

    /// <summary>Greatest height of initial trees.</summary>
    public required int MaxInitialHeight { get; init; }

    /// <summary>Greatest height of any tree.</summary>
    public required int MaxHeight { get; init; }

    /// <summary>Greatest number of nodes of any tree.</summary>
    public required int MaxNodes { get; init; }

    /// <summary>Primitives that candidates are made of, and all that migrants may have.</summary>
    public required ImmutableArray<Primitive> Primitives { get; init; }

    /// <summary>Relative weight of each variation operator.</summary>
    public required ImmutableSortedDictionary<Origin, double> Variation { get; init; }

    /// <summary>The override by which islands are as these settings say.</summary>
    public static IslandOverride Of(IslandSettings settings, ImmutableArray<int> islands, int budget)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new()
        {
            Islands = islands,
            Budget = budget,
            Tasks = settings.Tasks,
            Population = settings.Population,
            Tournament = settings.TournamentSize,
            Elites = settings.Elites,
            MinInitialHeight = settings.MinInitialHeight,
            MaxInitialHeight = settings.MaxInitialHeight,
            MaxHeight = settings.MaxHeight,
            MaxNodes = settings.MaxNodes,
            Primitives = settings.Primitives,
            Variation = settings.Variation,
        };
    }

    /// <summary>The settings of these islands.</summary>
    /// <param name="common">Those of the others.</param>
    public IslandSettings On(IslandSettings common)
    {
        ArgumentNullException.ThrowIfNull(common);
        return common with
        {
            Tasks = Tasks,
            Population = Population,
            TournamentSize = Tournament,
            Elites = Elites,
            MinInitialHeight = MinInitialHeight,
            MaxInitialHeight = MaxInitialHeight,
            MaxHeight = MaxHeight,
            MaxNodes = MaxNodes,
            Primitives = Primitives,
            Variation = Variation,
        };
    }
}
