using System.Collections.Immutable;

namespace LossActors.Actors.Record;

/// <summary>One evaluation: a candidate with its verdict.</summary>
public sealed record CandidateRow
{
    /// <summary>Its name within the run: <c>2:17</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The island that proposed it.</summary>
    public required int Island { get; init; }

    /// <summary>Its number there, from 1.</summary>
    public required int Birth { get; init; }

    /// <summary>Ids of its parents.</summary>
    public required ImmutableArray<string> Parents { get; init; }

    /// <summary>How it ended, in kebab case.</summary>
    public required string Verdict { get; init; }

    /// <summary>How it came to be, in kebab case.</summary>
    public required string Origin { get; init; }

    /// <summary>In function form, without coefficients.</summary>
    public required string Expression { get; init; }

    /// <summary>One coefficient per node, root first.</summary>
    public required ImmutableArray<double> Weights { get; init; }

    /// <summary>How many nodes.</summary>
    public required int Complexity { get; init; }

    /// <summary>Validation error, if it has one.</summary>
    public double? Fitness { get; init; }

    /// <summary>After how many training steps, over all replicates, that fitness was measured.</summary>
    public int? FitnessSteps { get; init; }

    /// <summary>The same where racing stopped the training before its end; null: full length, or no fitness.</summary>
    public int? StoppedAt { get; init; }

    /// <summary>Training steps spent on its fitness.</summary>
    public required int TrainedSteps { get; init; }

    /// <summary>Training steps spent on tuning its coefficients: inner steps of all meta steps, and whole trainings.</summary>
    public long RefinementSteps { get; init; }

    /// <summary>Training steps that racing saved by stopping it.</summary>
    public int SavedSteps { get; init; }

    /// <summary>Evaluator time spent on it.</summary>
    public required double Seconds { get; init; }

    /// <summary>Evaluator time that its gate saved.</summary>
    public required double SavedSeconds { get; init; }

    /// <summary>Whose fitness it shares.</summary>
    public string? SameAs { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Reason { get; init; }

    /// <summary>Which slot gave the last finding.</summary>
    public string? Worker { get; init; }

    /// <summary>When it was proposed.</summary>
    public required DateTimeOffset ProposedAt { get; init; }

    /// <summary>When its verdict was journaled.</summary>
    public required DateTimeOffset JudgedAt { get; init; }

    /// <summary>Active time of the run when its verdict was journaled, in seconds.</summary>
    public double AtSeconds { get; init; }
}

/// <summary>A migrant that was accepted.</summary>
public sealed record MigrantRow
{
    /// <summary>Where it came from.</summary>
    public required int From { get; init; }

    /// <summary>Where it was accepted.</summary>
    public required int To { get; init; }

    /// <summary>Who migrated.</summary>
    public required string Candidate { get; init; }

    /// <summary>How many births the receiving island had proposed by then.</summary>
    public required int Birth { get; init; }

    /// <summary>The migration epoch.</summary>
    public required int Epoch { get; init; }

    /// <summary>Its fitness.</summary>
    public required double Fitness { get; init; }
}

/// <summary>What the gates did: candidates per verdict, evaluator time spent and saved.</summary>
public sealed record GateRow
{
    /// <summary>In kebab case.</summary>
    public required string Verdict { get; init; }

    /// <summary>How many ended so.</summary>
    public required int Candidates { get; init; }

    /// <summary>Evaluator time spent on them.</summary>
    public required double Seconds { get; init; }

    /// <summary>Evaluator time saved.</summary>
    public required double SavedSeconds { get; init; }
}

/// <summary>A refined candidate beside its parent.</summary>
public sealed record RefinementRow
{
    /// <summary>The refined candidate.</summary>
    public required string Candidate { get; init; }

    /// <summary>Whose coefficients were tuned.</summary>
    public required string Parent { get; init; }

    /// <summary>Mean validation error before tuning, on networks that neither fitness nor tuning used.</summary>
    public double? ErrorBefore { get; init; }

    /// <summary>The same after tuning, on the same networks.</summary>
    public double? ErrorAfter { get; init; }

    /// <summary>Fitness of the parent.</summary>
    public double? FitnessBefore { get; init; }

    /// <summary>Fitness of the refined candidate; null if it was not trained.</summary>
    public double? FitnessAfter { get; init; }

    /// <summary>Verdict of the refined candidate; null while it is under way.</summary>
    public string? Verdict { get; init; }
}
