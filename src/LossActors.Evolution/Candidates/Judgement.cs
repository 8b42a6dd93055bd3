using System.Collections.Immutable;

namespace LossActors.Evolution.Candidates;

/// <summary>The recorded end of a candidate's way: one evaluation of the budget.</summary>
/// <param name="Candidate">Whose.</param>
/// <param name="Verdict">How it ended.</param>
/// <param name="Fitness">Validation error, minimised; +∞ where there is none.</param>
/// <param name="Replicates">Fitness of each replicate, if trained.</param>
/// <param name="TrainedSteps">Training steps spent on it.</param>
/// <param name="SameAs">For Duplicate and Equivalent: whose fitness it shares.</param>
/// <param name="Seconds">Evaluator time spent on all its stages.</param>
/// <param name="SavedSeconds">Evaluator time that the gate which ended it saved: the island's mean cost of the stages not run.</param>
/// <param name="Reason">For Failed and Quarantined: one line.</param>
/// <param name="StoppedAt">Training steps after which the fitness was measured, its own or the one it shares; null: at the end of the training.</param>
/// <param name="SavedSteps">For Stopped: training steps that it was not worth.</param>
public sealed record Judgement(
    CandidateId Candidate,
    Verdict Verdict,
    double Fitness,
    ImmutableArray<double> Replicates,
    int TrainedSteps,
    CandidateId? SameAs,
    double Seconds,
    double SavedSeconds,
    string? Reason,
    int? StoppedAt = null,
    int SavedSteps = 0);
