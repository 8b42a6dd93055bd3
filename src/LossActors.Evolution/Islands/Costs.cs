using LossActors.Evolution.Candidates;

namespace LossActors.Evolution.Islands;

/// <summary>What each stage has cost on this island on average, over the candidates judged so far.</summary>
internal sealed record Costs
{
    public RunningMean Refine { get; init; }

    public RunningMean Screen { get; init; }

    public RunningMean Train { get; init; }

    public Costs With(StageSeconds spent) => new()
    {
        Refine = Refine.With(spent.Refine),
        Screen = Screen.With(spent.Screen),
        Train = Train.With(spent.Train),
    };

    /// <summary>
    /// What a gate saved by ending a candidate's way: the mean cost of the stages not run. Where every trained candidate
    /// is refined, or everybody before training, that refinement is saved too. A rung saves the steps that were left, at what the others have cost.
    /// </summary>
    public double Saved(Candidate candidate, Conclusion end, RefinementPolicy policy)
    {
        if (end.Verdict == Verdict.Stopped)
        {
            return candidate.Seconds.Train.GetValueOrDefault() * end.SavedSteps / Math.Max(1, end.Steps);
        }

        if (end.Verdict is not (Verdict.Duplicate or Verdict.ZeroGradient or Verdict.Rejected or Verdict.Equivalent))
        {
            return 0;
        }

        var screen = candidate.Seconds.Screen is null ? Screen.Value : 0;
        var refine = policy is RefinementPolicy.All or RefinementPolicy.BeforeTraining && candidate.Origin != Origin.Refinement ? Refine.Value : 0;
        return screen + Train.Value + refine;
    }
}

/// <summary>A mean that is 0 while nothing is known.</summary>
internal readonly record struct RunningMean(double Sum, int Count)
{
    public double Value => Count == 0 ? 0 : Sum / Count;

    public RunningMean With(double? sample) => sample is { } value ? new(Sum + value, Count + 1) : this;
}
