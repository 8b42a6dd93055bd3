using System.Collections.Immutable;
using LossActors.Evolution.Candidates;

namespace LossActors.Evolution.Fame;

/// <summary>Two objectives, both minimised: fitness and complexity.</summary>
internal static class ParetoFront
{
    /// <summary>The individuals that no other dominates, one for each point, by rising complexity.</summary>
    public static ImmutableArray<Individual> Of(IEnumerable<Individual> individuals)
    {
        var front = ImmutableArray.CreateBuilder<Individual>();
        foreach (var individual in individuals.OrderBy(i => i.Complexity).ThenBy(i => i, Individual.Best))
        {
            if (front.Count == 0 || individual.Fitness < front[^1].Fitness)
            {
                front.Add(individual);
            }
        }

        return front.DrainToImmutable();
    }
}
