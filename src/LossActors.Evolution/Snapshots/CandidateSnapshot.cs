using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Racing;
using LossActors.Expressions;

namespace LossActors.Evolution.Snapshots;

/// <summary>A birth in flight.</summary>
/// <param name="Birth">Its number.</param>
/// <param name="Origin">How it came to be.</param>
/// <param name="Expression">Its canonical expression.</param>
/// <param name="Rungs">The rungs of its training.</param>
/// <param name="Owed">What evaluators owe it.</param>
/// <param name="Waiting">In strict mode: a passed screen whose turn has not come.</param>
/// <param name="Sharing">Duplicate or Equivalent: its fitness is that of <paramref name="Original"/>.</param>
/// <param name="Original">Whose fitness it shares.</param>
/// <param name="Seconds">What Refine, Screen and Train have cost so far, in this order; null where not run.</param>
/// <param name="Conclusion">How its way ended by its own findings.</param>
public sealed record CandidateSnapshot(
    int Birth,
    Origin Origin,
    Expression Expression,
    ImmutableArray<Rung> Rungs,
    Stage? Owed,
    Finding.Screened? Waiting,
    Verdict? Sharing,
    CandidateId? Original,
    ImmutableArray<double?> Seconds,
    ConclusionSnapshot? Conclusion)
{
    /// <summary>What its offspring are to be made of, where that is not its own expression.</summary>
    public Expression? Inherited { get; init; }
}

/// <summary>The end of a way that a finding brought.</summary>
public sealed record ConclusionSnapshot(
    Verdict Verdict,
    double Fitness,
    ImmutableArray<double> Replicates,
    int Steps,
    string? Reason,
    int? StoppedAt,
    int SavedSteps,
    ImmutableArray<double> Curve);
