using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Racing;
using LossActors.Expressions;

namespace LossActors.Evolution.Evaluation;

/// <summary>What an island wants done for one of its candidates.</summary>
/// <param name="Candidate">Whose way it is part of.</param>
/// <param name="Stage">What to do.</param>
/// <param name="Expression">The canonical expression to do it with (for Refine: the parent's, whose coefficients are to be tuned).</param>
public sealed record Assignment(CandidateId Candidate, Stage Stage, Expression Expression)
{
    /// <summary>For Train: the rungs of the first replicate, from the lowest; empty without racing.</summary>
    public ImmutableArray<Rung> Rungs { get; init; } = [];
}
