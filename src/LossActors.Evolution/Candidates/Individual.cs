using LossActors.Expressions;

namespace LossActors.Evolution.Candidates;

/// <summary>A candidate with a fitness: a member of a population, a migrant, an entry of the hall of fame.</summary>
/// <param name="Id">Who it is.</param>
/// <param name="Expression">Its canonical expression.</param>
/// <param name="Fitness">Validation error, minimised; finite.</param>
public sealed record Individual(CandidateId Id, Expression Expression, double Fitness)
{
    /// <summary>How large it is: its number of nodes.</summary>
    public int Complexity => Expression.Count;

    /// <summary>The total order by which ties are broken everywhere: fitness, complexity, island, birth.</summary>
    public static IComparer<Individual> Best { get; } = Comparer<Individual>.Create((a, b) =>
        (a.Fitness, a.Complexity, a.Id.Island, a.Id.Birth).CompareTo((b.Fitness, b.Complexity, b.Id.Island, b.Id.Birth)));
}
