using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;

namespace LossActors.Evolution.Islands;

/// <summary>
/// A candidate's way: Screen → gradient equivalence → Train. A refinement begins with Refine; where everybody is tuned before training, Refine comes before Train.
/// What each finding does to it.
/// </summary>
internal static class Progress
{
    /// <summary>A birth sets out, unless its expression is known here.</summary>
    public static IslandState Begin(IslandState state, IslandEvent.Proposed proposed)
    {
        state = state with { Proposed = proposed.Birth };
        var candidate = new Candidate(proposed.Birth, proposed.Origin, proposed.Expression) { Rungs = proposed.Rungs };
        if (candidate.Origin == Origin.Refinement)
        {
            // It enters the ledger when judged: until then its own expression is not known.
            return state.With(candidate with { Owed = Stage.Refine });
        }

        var id = state.IdOf(candidate.Birth);
        return AfterLookup(state, candidate) with { Ledger = state.Ledger.With(candidate.Expression, id, candidate.Birth) };
    }

    /// <summary>An evaluator's finding.</summary>
    public static IslandState Receive(IslandState state, Candidate candidate, Stage stage, Finding finding)
    {
        candidate = candidate with { Owed = null, Seconds = candidate.Seconds.With(stage, finding.Seconds) };
        state = (stage, finding) switch
        {
            (Stage.Refine, Finding.Refined refined) when candidate.Origin == Origin.Refinement => AfterLookup(state, Tuned(state, candidate, refined)),
            (Stage.Refine, Finding.Refined refined) => state.With(Tuned(state, candidate, refined) with { Owed = Stage.Train }),
            (Stage.Screen, Finding.Screened { Gate: Gate.Passed } passed) when state.Settings.Strict =>
                state.With(candidate with { Waiting = passed }),
            (Stage.Screen, Finding.Screened { Gate: Gate.Passed } passed) => PassedGates(state, candidate, passed),
            _ => state.With(candidate with { Conclusion = Conclude(stage, finding) }),
        };
        return state.Settings.Strict ? Pace.TakeTurns(state) : state;
    }

    /// <summary>The gradient-equivalence gate; whoever passes it is to be trained, or tuned and then trained.</summary>
    public static IslandState PassedGates(IslandState state, Candidate candidate, Finding.Screened screened) =>
        state.Archive.Find(screened.Fingerprint) is { } original
            ? state.With(candidate with { Sharing = new(Verdict.Equivalent, state.IdOf(original)) })
            : state.With(candidate with { Owed = Elites.TunesEverybody(state.Settings) ? Stage.Refine : Stage.Train }) with { Archive = state.Archive.With(screened.Fingerprint, candidate.Birth) };

    private static Candidate Tuned(IslandState state, Candidate candidate, Finding.Refined refined) => candidate with
    {
        Expression = refined.Tuned, Inherited = state.Settings.Inheritance == Inheritance.Baldwinian ? candidate.Expression : null,
    };

    private static IslandState AfterLookup(IslandState state, Candidate candidate) =>
        state.With(state.Ledger.Find(candidate.Expression, candidate.Birth) is { } original
            ? candidate with { Sharing = new(Verdict.Duplicate, original) }
            : candidate with { Owed = Stage.Screen });

    private static Conclusion Conclude(Stage stage, Finding finding) => (stage, finding) switch
    {
        (Stage.Screen, Finding.Screened { Gate: Gate.ZeroGradient }) => new(Verdict.ZeroGradient),
        (Stage.Screen, Finding.Screened) => new(Verdict.Rejected),
        (Stage.Train, Finding.Trained { IsStopped: true } stopped) when double.IsFinite(stopped.Fitness) => new(Verdict.Stopped)
        {
            Fitness = stopped.Fitness, StoppedAt = stopped.Steps, Steps = stopped.Steps, SavedSteps = stopped.SavedSteps, Curve = stopped.Curve,
        },
        (Stage.Train, Finding.Trained trained) when double.IsFinite(trained.Fitness) =>
            new(Verdict.Trained) { Fitness = trained.Fitness, Replicates = trained.Replicates, Steps = trained.Steps, Curve = trained.Curve },
        (Stage.Train, Finding.Trained trained) => new(Verdict.Diverged) { Steps = trained.Steps, Curve = trained.Curve },
        (_, Finding.Failed { Poisonous: true } failed) => new(Verdict.Quarantined) { Reason = failed.Reason },
        (_, Finding.Failed failed) => new(Verdict.Failed) { Reason = failed.Reason },
        _ => new(Verdict.Failed) { Reason = $"{finding.GetType().Name} is no answer to {stage}" },
    };
}
