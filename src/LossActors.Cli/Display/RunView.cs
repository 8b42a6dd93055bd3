using LossActors.Actors.Control;
using LossActors.Actors.Experiments;
using LossActors.Actors.Protocol;
using LossActors.Actors.Record;
using LossActors.Evolution.Evaluation;

namespace LossActors.Cli.Display;

/// <summary>What a display shows of a run, kept up to date by its progress. One owner.</summary>
internal sealed class RunView
{
    private static readonly TimeSpan s_rateWindow = TimeSpan.FromSeconds(60);

    private readonly TimeProvider _time;
    private readonly Queue<long> _recent = new();
    private readonly SortedDictionary<string, int> _verdicts = new(StringComparer.Ordinal);
    private readonly Dictionary<TaskSet, double> _best = [];
    private readonly SearchSettings _search;
    private readonly bool _hasSeveralTaskSets;
    private readonly List<IslandView> _islands;
    private readonly long _started;

    /// <summary>The view of a run that may have a past already.</summary>
    public RunView(RunDetails run, RunStanding? past, TimeProvider time)
    {
        _search = run.Experiment.Search;
        _hasSeveralTaskSets = _search.HasSeveralTaskSets;
        _time = time;
        _started = time.GetTimestamp();
        _islands = [.. Enumerable.Range(0, run.Islands).Select(i => new IslandView(i))];
        Run = run.Run;
        Budget = run.Budget;
        Metric = run.Metric;
        State = run.State;
        Before = TimeSpan.FromSeconds(run.ElapsedSeconds);
        Baseline = run.Baseline?.Value;
        foreach (var tally in past?.Tallies ?? [])
        {
            Count(tally);
        }
    }

    public string Run { get; }

    public int Budget { get; }

    public string Metric { get; }

    public string State { get; private set; }

    public TimeSpan Before { get; }

    public int Evaluations { get; private set; }

    public int Trained { get; private set; }

    public double SavedSeconds { get; private set; }

    /// <summary>The task loss at the best learning rate tried so far.</summary>
    public double? Baseline { get; private set; }

    /// <summary>The best fitness so far, for each set of tasks that islands measure on: errors on different tasks do not compare.</summary>
    public IEnumerable<(TaskSet Tasks, double Fitness)> Best => _best.OrderBy(best => best.Key.ToString(), StringComparer.Ordinal).Select(best => (best.Key, best.Value));

    /// <summary>The candidate that was judged last, if it is better than all before it that were measured on the same tasks.</summary>
    public CandidateRow? NewBest { get; private set; }

    /// <summary>Where islands measure on different tasks, what to add to a fitness: <c> on task 1</c>; else nothing.</summary>
    public string On(TaskSet tasks) => _hasSeveralTaskSets ? $" on {tasks}" : "";

    /// <summary>The same for a candidate of an island.</summary>
    public string OnIsland(int island) => On(_search.TasksOf(island));

    public IReadOnlyList<IslandView> Islands => _islands;

    public IReadOnlyDictionary<string, int> Verdicts => _verdicts;

    /// <summary>The slots, as the broker saw them last.</summary>
    public BrokerMessages.Workforce? Workforce { get; private set; }

    /// <summary>The Pareto front so far, best first; where islands measure on different tasks, those of each set of tasks in turn.</summary>
    public IReadOnlyList<Evolution.Candidates.Individual> Front { get; private set; } = [];

    /// <summary>Finalists re-measured so far.</summary>
    public int FinalistsMeasured { get; private set; }

    public TimeSpan Elapsed => Before + _time.GetElapsedTime(_started);

    /// <summary>Verdicts per second over the last minute.</summary>
    public double Rate
    {
        get
        {
            var now = _time.GetTimestamp();
            while (_recent.TryPeek(out var oldest) && _time.GetElapsedTime(oldest, now) > s_rateWindow)
            {
                _recent.Dequeue();
            }

            var window = Math.Min(_time.GetElapsedTime(_started, now).TotalSeconds, s_rateWindow.TotalSeconds);
            return window > 0 ? _recent.Count / window : 0;
        }
    }

    /// <summary>Time left until the budget is spent, at the present rate; null before there is one.</summary>
    public TimeSpan? Left => Rate > 0 ? TimeSpan.FromSeconds(Math.Max(0, Budget - Evaluations) / Rate) : null;

    /// <summary>Takes something that happened.</summary>
    public void Apply(SearchProgress progress)
    {
        NewBest = null;
        switch (progress)
        {
            case SearchProgress.CandidateJudged judged:
                Count(judged.Candidate);
                _recent.Enqueue(_time.GetTimestamp());
                break;
            case SearchProgress.Migrated migrated:
                IslandOf(migrated.To).Migrants += migrated.Accepted.Length;
                break;
            case SearchProgress.HallOfFameChanged changed:
                Front = InTurn(changed.Front);
                break;
            case SearchProgress.BaselineMeasured { Fitness: { } fitness }:
                Baseline = Math.Min(Baseline ?? double.PositiveInfinity, fitness);
                break;
            case SearchProgress.FinalistMeasured:
                FinalistsMeasured++;
                break;
            case SearchProgress.StateChanged changed:
                State = changed.State;
                break;
            case SearchProgress.WorkforceChanged changed:
                Workforce = changed.Workforce;
                break;
        }
    }

    // Errors on different tasks do not compare: ordered by them, the easiest tasks would come first.
    private List<Evolution.Candidates.Individual> InTurn(IEnumerable<Evolution.Candidates.Individual> fronts) =>
    [
        .. fronts
            .GroupBy(i => _search.TasksOf(i.Id.Island))
            .SelectMany(front => front.Order(Evolution.Candidates.Individual.Best).Select((individual, rank) => (individual, rank)))
            .OrderBy(ranked => ranked.rank).ThenBy(ranked => ranked.individual, Evolution.Candidates.Individual.Best)
            .Select(ranked => ranked.individual),
    ];

    private void Count(CandidateRow candidate)
    {
        var isTrained = candidate.Verdict == "trained";
        NewBest = isTrained && candidate.Fitness < _best.GetValueOrDefault(_search.TasksOf(candidate.Island), double.PositiveInfinity) ? candidate : null;
        Count(new TallyRow
        {
            Island = candidate.Island, Verdict = candidate.Verdict, Candidates = 1, SavedSeconds = candidate.SavedSeconds, Best = isTrained ? candidate.Fitness : null,
        });
    }

    private void Count(TallyRow tally)
    {
        Evaluations += tally.Candidates;
        SavedSeconds += tally.SavedSeconds;
        _verdicts[tally.Verdict] = _verdicts.GetValueOrDefault(tally.Verdict) + tally.Candidates;
        Trained += tally.Verdict == "trained" ? tally.Candidates : 0;
        IslandOf(tally.Island).Count(tally);
        var tasks = _search.TasksOf(tally.Island);
        if (tally.Best is { } best && best < _best.GetValueOrDefault(tasks, double.PositiveInfinity))
        {
            _best[tasks] = best;
        }
    }

    // Islands may come while the search goes on.
    private IslandView IslandOf(int number)
    {
        while (_islands.Count <= number)
        {
            _islands.Add(new IslandView(_islands.Count));
        }

        return _islands[number];
    }
}
