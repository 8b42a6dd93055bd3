using LossActors.Expressions;

namespace LossActors.Evolution.Candidates;

/// <summary>A candidate with a fitness: a member of a population, a migrant, an entry of the hall of fame.</summary>
/// <param name="Id">Who it is.</param>
/// <param name="Expression">Its canonical expression.</param>
/// <param name="Fitness">Validation error, minimised; finite.</param>
/// <param name="StoppedAt">Training steps after which racing stopped it, and its fitness was measured; null: trained to the end.</param>
public sealed record Individual(CandidateId Id, Expression Expression, double Fitness, int? StoppedAt = null)
{
    /// <summary>What its offspring are made of, where that is not its own expression: under Baldwinian inheritance the loss that was refined.</summary>
    public Expression? Inherited { get; init; }

    /// <summary>How large it is: its number of nodes.</summary>
    public int Complexity => Expression.Count;

    /// <summary>Whether its fitness was measured at the end of its training.</summary>
    public bool IsFullLength => StoppedAt is null;

    /// <summary>
    /// The total order by which ties are broken everywhere: length of training, fitness, complexity, island, birth. An error that was measured early, however small,
    /// never beats one measured later: those who got further proved themselves against others at every rung on the way.
    /// </summary>
    public static IComparer<Individual> Best { get; } = Comparer<Individual>.Create((a, b) =>
        (b.Length, a.Fitness, a.Complexity, a.Id.Island, a.Id.Birth).CompareTo((a.Length, b.Fitness, b.Complexity, b.Id.Island, b.Id.Birth)));

    private int Length => StoppedAt ?? int.MaxValue;
}
