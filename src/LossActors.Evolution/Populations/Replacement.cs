using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;

namespace LossActors.Evolution.Populations;

/// <summary>Who leaves when somebody enters. Members are kept in the order in which they entered.</summary>
internal static class Replacement
{
    /// <summary>Whether a member has this very expression.</summary>
    public static bool Holds(ImmutableArray<Individual> members, Individual individual) =>
        members.Any(m => m.Expression.Equals(individual.Expression));

    /// <summary>
    /// Replaces the oldest (regularised evolution: Real et al., AAAI 2019), which forgets lucky measurements; the best
    /// <see cref="IslandSettings.Elites"/> never leave by age.
    /// </summary>
    public static ImmutableArray<Individual> ByAge(ImmutableArray<Individual> members, Individual newcomer, IslandSettings settings)
    {
        if (members.Length < settings.Population)
        {
            return members.Add(newcomer);
        }

        var elites = members.Order(Individual.Best).Take(settings.Elites).ToHashSet();
        var oldest = members.FirstOrDefault(m => !elites.Contains(m));
        return oldest is null ? IfBetter(members, newcomer, settings) : members.Remove(oldest).Add(newcomer);
    }

    /// <summary>Whoever would have left by age, had the population always been as small as it is now.</summary>
    public static ImmutableArray<Individual> Shrunk(ImmutableArray<Individual> members, IslandSettings settings)
    {
        var elites = members.Order(Individual.Best).Take(settings.Elites).ToHashSet();
        while (members.Length > settings.Population)
        {
            members = members.Remove(members.FirstOrDefault(m => !elites.Contains(m)) ?? members.Max(Individual.Best)!);
        }

        return members;
    }

    /// <summary>
    /// Replaces the worst, if the newcomer is better than it: migrants enter so (pagmo's fair replacement), and can
    /// therefore never hurt.
    /// </summary>
    public static ImmutableArray<Individual> IfBetter(ImmutableArray<Individual> members, Individual newcomer, IslandSettings settings)
    {
        if (members.Length < settings.Population)
        {
            return members.Add(newcomer);
        }

        var worst = members.Max(Individual.Best)!;
        return Individual.Best.Compare(newcomer, worst) < 0 ? members.Remove(worst).Add(newcomer) : members;
    }

    /// <summary>Replaces the worst, however good the newcomer.</summary>
    public static ImmutableArray<Individual> OfWorst(ImmutableArray<Individual> members, Individual newcomer, IslandSettings settings) =>
        (members.Length < settings.Population ? members : members.Remove(members.Max(Individual.Best)!)).Add(newcomer);

    /// <summary>
    /// The best parents (elitism) and all children, none twice (a child may be a parent's copy). Gates stop most children, so places left over are filled with the
    /// best remaining parents; where there are too many, the worst children leave.
    /// </summary>
    public static ImmutableArray<Individual> ByGeneration(
        ImmutableArray<Individual> parents, ImmutableArray<Individual> children, IslandSettings settings)
    {
        var ranked = parents.Order(Individual.Best).ToList();
        return [.. ranked.Take(settings.Elites)
            .Concat(children.Order(Individual.Best))
            .Concat(ranked.Skip(settings.Elites))
            .DistinctBy(m => m.Expression)
            .Take(settings.Population)];
    }
}
