namespace LossActors.Actors.Simulation;

/// <summary>
/// A search of any size in virtual time: the real islands, the real lease book and the real slots' books, driven by planned events instead of actors. Evaluators are
/// synthetic, with durations and verdicts of a recorded run. Deterministic: the same options give the same report.
/// </summary>
/// <remarks>
/// Actors handle one message at a time and share the cores of the search node; what a message takes are constants (<see cref="ServiceTimes"/>). Left out are the
/// measurements before and after a search, snapshots, and whatever else the machines may be busy with.
/// </remarks>
public static class ClusterSimulation
{
    /// <summary>Simulates until the budget is spent or the limit is reached.</summary>
    /// <exception cref="SimulationException">It comes to nothing.</exception>
    public static SimulationReport Run(SimulationOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var search = new SimulatedSearch(options);
        var budget = options.Search.Evaluations;
        var (from, to) = SteadyState.Of(budget);
        List<Mark> marks = [Mark.Of(search)];
        while (search.Observations.Candidates < budget && !(search.Time.Now >= options.Limit))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!search.Time.Step())
            {
                break;
            }

            if (search.Observations.Candidates >= (marks.Count == 1 ? from : marks.Count == 2 ? to : int.MaxValue))
            {
                marks.Add(Mark.Of(search));
            }
        }

        if (marks.Count < 3)
        {
            marks.Add(Mark.Of(search));
        }

        return Report(options, search, marks[^2], marks[^1]);
    }

    private static SimulationReport Report(SimulationOptions options, SimulatedSearch search, Mark first, Mark last)
    {
        var seconds = (last.At - first.At).TotalSeconds;
        double Share(Func<Mark, TimeSpan> worked, double servers = 1) => seconds > 0 ? (worked(last) - worked(first)).TotalSeconds / seconds / servers : 0;
        var (births, passed) = search.Observations.Staleness(first.Candidates, last.Candidates - first.Candidates);
        var report = new SimulationReport(search.Observations.Candidates, search.Time.Now.TotalSeconds)
        {
            CandidatesPerSecond = seconds > 0 ? (last.Candidates - first.Candidates) / seconds : 0,
            SlotUtilisation = Share(m => m.Slots, options.Evaluators * options.Slots),
            BrokerUtilisation = Share(m => m.Broker),
            NodeUtilisation = Share(m => m.Node, options.Cores),
            JournalUtilisation = Share(m => m.Journal),
            WaitingJobs = Share(m => m.Waited),
            CoreSecondsPerCandidate = (last.Node - first.Node).TotalSeconds / Math.Max(1, last.Candidates - first.Candidates),
            EventsPerCandidate = (double)(last.Events - first.Events) / Math.Max(1, last.Candidates - first.Candidates),
            StalenessBirths = births,
            StalenessSeconds = passed,
            Deaths = search.Observations.Deaths,
            LeasedAgain = search.Broker.LeasedAgain,
        };
        return report with { Bottleneck = Bottlenecks.Of(report, options.Evaluators * options.Slots) };
    }

    /// <summary>How far everything had come at one time.</summary>
    private sealed record Mark(TimeSpan At, int Candidates, TimeSpan Slots, TimeSpan Broker, TimeSpan Node, TimeSpan Journal, TimeSpan Waited, long Events)
    {
        public static Mark Of(SimulatedSearch search) => new(
            search.Time.Now,
            search.Observations.Candidates,
            search.Observations.Worked(search.Time.Now),
            search.Broker.Worked,
            search.Machine.Worked,
            search.Journal.Worked,
            search.Broker.Waited,
            search.Journal.Events);
    }
}
