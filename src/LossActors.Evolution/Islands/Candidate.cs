using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Racing;
using LossActors.Expressions;

namespace LossActors.Evolution.Islands;

/// <summary>A birth on its way: proposed and not yet judged.</summary>
/// <param name="Birth">Its number.</param>
/// <param name="Origin">How it came to be.</param>
/// <param name="Expression">Its canonical expression; for a refinement the parent's, and its own untuned one before training, until the tuned one is known.</param>
internal sealed record Candidate(int Birth, Origin Origin, Expression Expression)
{
    /// <summary>The rungs of its training.</summary>
    public ImmutableArray<Rung> Rungs { get; init; } = [];

    /// <summary>What its offspring are to be made of, where that is not its own expression.</summary>
    public Expression? Inherited { get; init; }

    /// <summary>What evaluators owe it now.</summary>
    public Stage? Owed { get; init; }

    /// <summary>In strict mode: it passed the gates, but an earlier birth has still to.</summary>
    public Finding.Screened? Waiting { get; init; }

    /// <summary>Whose fitness it shares, once that is known.</summary>
    public Sharing? Sharing { get; init; }

    /// <summary>How its way ended by its own findings.</summary>
    public Conclusion? Conclusion { get; init; }

    /// <summary>What it has cost so far.</summary>
    public StageSeconds Seconds { get; init; }

    /// <summary>Whether nothing that the gates may still say of it can matter to a later birth.</summary>
    public bool IsPastGates => Waiting is null && Owed switch
    {
        Stage.Screen => false,
        Stage.Refine => Origin != Origin.Refinement,
        _ => true,
    };
}

/// <summary>Another candidate's fitness is taken over.</summary>
/// <param name="Verdict">Duplicate or Equivalent.</param>
/// <param name="Original">Whose.</param>
internal sealed record Sharing(Verdict Verdict, CandidateId Original);

/// <summary>The end of a way that a finding brought.</summary>
internal sealed record Conclusion(Verdict Verdict)
{
    public double Fitness { get; init; } = double.PositiveInfinity;

    public ImmutableArray<double> Replicates { get; init; } = [];

    public int Steps { get; init; }

    public string? Reason { get; init; }

    public int? StoppedAt { get; init; }

    public int SavedSteps { get; init; }

    public ImmutableArray<double> Curve { get; init; } = [];
}
