using System.Collections.Immutable;
using LossActors.Evolution.Candidates;

namespace LossActors.Evolution.Fame;

/// <summary>The final order of re-measured finalists.</summary>
public static class Ranking
{
    /// <summary>By mean over all replicates, then complexity, island, birth.</summary>
    public static ImmutableArray<Measured> Of(IEnumerable<Measured> finalists) =>
        [.. finalists.OrderBy(m => m.Individual with { Fitness = m.Mean }, Individual.Best)];

    /// <summary>The Pareto front of mean and complexity by rising complexity, without those whose re-measurement failed.</summary>
    public static ImmutableArray<Measured> Front(IEnumerable<Measured> finalists)
    {
        var sound = finalists.Where(m => double.IsFinite(m.Mean)).ToList();
        var front = ParetoFront.Of(sound.Select(m => m.Individual with { Fitness = m.Mean }));
        return [.. front.Select(i => sound.First(m => m.Individual.Id == i.Id))];
    }
}
