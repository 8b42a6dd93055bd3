using System.Collections.Immutable;
using LossActors.Actors.Experiments;

namespace LossActors.Actors.Runs;

/// <summary>With what a run is opened: founded if its journal is empty, else gone on with.</summary>
/// <param name="Experiment">For a new run its experiment; for an old one that of its journal with a budget that may be larger.</param>
/// <param name="DataHash">Hash of the task's data as loaded now.</param>
/// <param name="Metric">What fitness measures.</param>
/// <param name="Versions">Of the product and of the libraries that numbers depend on.</param>
/// <param name="Active">Time at work before this process.</param>
internal sealed record RunOpening(
    Experiment Experiment,
    string DataHash,
    string Metric,
    ImmutableSortedDictionary<string, string> Versions,
    TimeSpan Active)
{
    /// <summary>The search as it was founded.</summary>
    public required SearchSettings Founded { get; init; }

    /// <summary>The run goes on as it is, paused where it is paused, for its owner has only changed: nobody has asked for anything.</summary>
    public bool IsTakeover { get; init; }

    /// <summary>What the user should know of it, one line each.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];

    /// <summary>What happens to a run that is opened so: it is founded, or goes on, perhaps with a larger budget. Nothing: it is over and stays so.</summary>
    /// <param name="run">Its id.</param>
    /// <param name="state">What its journal says; null where that is empty.</param>
    /// <param name="now">The time.</param>
    /// <param name="pid">This process.</param>
    public ImmutableArray<RunEvent> Events(string run, RunState? state, DateTimeOffset now, int pid)
    {
        var epoch = new RunEvent.EpochStarted(now, (state?.Epoch ?? 0) + 1, pid);
        var (evaluations, time) = (Experiment.Search.Evaluations, Experiment.Search.Time);
        var isLonger = ResumeCheck.IsLonger(time, state?.Time);
        return state switch
        {
            null => [new RunEvent.Started(now, run, Experiment, DataHash, Metric, Versions), epoch],
            { Phase: RunPhase.Cancelled } => [],
            _ when IsTakeover => state.IsOver ? [] : [epoch],
            _ when evaluations > state.Evaluations || isLonger =>
                [epoch, new RunEvent.BudgetRaised(now, Math.Max(evaluations, state.Evaluations), isLonger ? time : state.Time)],
            { Phase: RunPhase.Completed } => [],
            { Phase: RunPhase.Paused or RunPhase.Failed } => [epoch, new RunEvent.Resumed(now)],
            _ => [epoch],
        };
    }
}
