using System.Collections.Immutable;
using System.Text.Json;
using LossActors.Actors.Experiments;
using LossActors.Actors.Serialization;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Expressions;

namespace LossActors.Actors.Runs;

/// <summary>A run as the fold of its events.</summary>
internal sealed record RunState
{
    // Of what is left, each grant is the part that would suffice if every island came so often again.
    private const int GrantsAhead = 4;

    /// <summary>As it is now, after all changes by users.</summary>
    public required Experiment Experiment { get; init; }

    /// <summary>The search as it was founded.</summary>
    public required SearchSettings Founded { get; init; }

    /// <summary>How many changes users have made.</summary>
    public int Amendments { get; init; }

    /// <summary>Per island the last change that it is to go by; 0: what it was founded with.</summary>
    public required ImmutableArray<int> Revisions { get; init; }

    /// <summary>What whoever asked for changes knows them by: each is made once, however often it is asked for.</summary>
    public ImmutableHashSet<string> Requests { get; init; } = [];

    /// <summary>Losses that users have injected, per island and in their order.</summary>
    public required ImmutableArray<ImmutableArray<Expression>> Injected { get; init; }

    public RunPhase Phase { get; init; }

    /// <summary>What a pause interrupted.</summary>
    public RunPhase Before { get; init; }

    public int Epoch { get; init; }

    /// <summary>The budget, as it was raised last.</summary>
    public int Evaluations { get; init; }

    public TimeSpan? Time { get; init; }

    /// <summary>Births of each grant, per island; the first grant has number 1.</summary>
    public required ImmutableArray<ImmutableArray<int>> Grants { get; init; }

    /// <summary>Births per island that were granted and taken back again.</summary>
    public required ImmutableArray<int> Unspent { get; init; }

    /// <summary>Fitness per measured baseline learning rate.</summary>
    public ImmutableSortedDictionary<int, ImmutableArray<double>> Baselines { get; init; } = ImmutableSortedDictionary<int, ImmutableArray<double>>.Empty;

    /// <summary>Those being re-measured, or re-measured last.</summary>
    public ImmutableArray<Individual> Finalists { get; init; } = [];

    /// <summary>Fresh replicates per candidate.</summary>
    public ImmutableSortedDictionary<CandidateId, ImmutableArray<double>> Fresh { get; init; } = ImmutableSortedDictionary<CandidateId, ImmutableArray<double>>.Empty;

    /// <summary>What came of each neural loss, by its number from 1.</summary>
    public ImmutableSortedDictionary<int, Finding> Learned { get; init; } = ImmutableSortedDictionary<int, Finding>.Empty;

    /// <summary>For a stopped search of neural losses: the last one that is still to be finished.</summary>
    public int? LastStart { get; init; }

    public bool IsOver => Phase is RunPhase.Completed or RunPhase.Cancelled or RunPhase.Failed;

    /// <summary>The first replicate that the search itself never trained.</summary>
    public int FirstFreshReplicate => Experiment.Protocol.Replicates;

    public static RunState Of(RunEvent.Started started) => new()
    {
        Experiment = started.Experiment,
        Founded = started.Experiment.Search,
        Revisions = [.. new int[started.Experiment.Search.IslandsAtWork]],
        Injected = [.. Enumerable.Repeat(ImmutableArray<Expression>.Empty, started.Experiment.Search.IslandsAtWork)],
        Evaluations = started.Experiment.Search.Evaluations,
        Time = started.Experiment.Search.Time,
        Grants = [.. Enumerable.Repeat(ImmutableArray<int>.Empty, started.Experiment.Search.IslandsAtWork)],
        Unspent = [.. new int[started.Experiment.Search.IslandsAtWork]],
    };

    public RunState Apply(RunEvent happened) => happened switch
    {
        RunEvent.EpochStarted e => this with { Epoch = e.Epoch },
        RunEvent.BudgetRaised e => this with { Evaluations = e.Evaluations, Time = e.Time, Phase = RunPhase.Running, Before = RunPhase.Running, LastStart = null },
        RunEvent.BudgetGranted e => this with { Grants = Grants.SetItem(e.Island, Grants[e.Island].Add(e.Births)) },
        RunEvent.BaselineMeasured e => this with { Baselines = Baselines.SetItem(e.Index, e.Fitness) },
        RunEvent.Learned e => this with { Learned = Learned.SetItem(e.Candidate.Birth, e.Finding) },
        RunEvent.FinalsBegan e => this with { Phase = RunPhase.Finals, Finalists = e.Finalists, Unspent = [.. Grants.Zip(e.Births, (granted, births) => granted.Sum() - births)] },
        RunEvent.ReplicatesMeasured e => this with { Fresh = Fresh.SetItem(e.Candidate, e.Fitness) },
        RunEvent.Paused => this with { Phase = RunPhase.Paused, Before = Phase },
        RunEvent.Resumed => this with { Phase = Before },
        RunEvent.Stopping => this with { Phase = RunPhase.Stopping, LastStart = NeuralSearch.Last(this) },
        RunEvent.Amended e => Amend(e),
        RunEvent.Injected e => this with { Amendments = e.Number, Requests = Requests.Add(e.Request), Injected = Injected.SetItem(e.Island, Injected[e.Island].Add(e.Expression)) },
        RunEvent.IslandClosed e => this with { Unspent = Unspent.SetItem(e.Island, Grants[e.Island].Sum() - e.Births) },
        RunEvent.Completed => this with { Phase = RunPhase.Completed },
        RunEvent.Cancelled => this with { Phase = RunPhase.Cancelled },
        RunEvent.Failed => this with { Phase = RunPhase.Failed, Before = Phase },
        _ => this,
    };

    /// <summary>
    /// How many births the next grant of an island holds; 0: none are left. A part of what is left, so that there are few grants however long the run, and
    /// small ones at its end, so that no island sits on what another could spend (guided self-scheduling: Polychronopoulos and Kuck, 1987). In strict mode, and where islands
    /// have shares of their own, who asks first changes nothing.
    /// </summary>
    public int NextGrant(int island)
    {
        if (Phase is not (RunPhase.Running or RunPhase.Paused) || (Phase == RunPhase.Paused && Before != RunPhase.Running))
        {
            return 0;
        }

        var search = Experiment.Search;
        if (search.Closed.Contains(island))
        {
            return 0;
        }

        var (settings, isDivided) = (search.Alone(island), search.IsBudgetDivided);
        var all = Evaluations - Enumerable.Range(0, Grants.Length).Sum(Spent);
        var left = Math.Max(0, isDivided ? Math.Min(all, Share(island) - Spent(island)) : all);
        var part = left / (GrantsAhead * (isDivided ? 1 : Grants.Length - search.Closed.Length));
        var births = settings.Schedule == Schedule.Generational
            ? Math.Max(part - (part % settings.Population), settings.Population)
            : Math.Max(part, settings.Window);
        return Math.Min(births, left);
    }

    /// <summary>What islands begin with: their journals are replayed from there.</summary>
    public ImmutableArray<IslandSettings> Founding => Archipelago.Founding(Founded, Experiment.Search.IslandsAtWork);

    /// <summary>What islands are to go by now.</summary>
    public ImmutableArray<IslandSettings> Present => Archipelago.Present(Founded, Experiment.Search);

    // What closed islands have spent is no longer to be divided.
    private int Share(int island)
    {
        var search = Experiment.Search;
        ImmutableArray<int> open = [.. Enumerable.Range(0, Grants.Length).Except(search.Closed)];
        var weights = search.BudgetWeights;
        return Shares.Of(Evaluations - search.Closed.Sum(Spent), [.. open.Select(i => weights[i])], open.IndexOf(island));
    }

    private RunState Amend(RunEvent.Amended amended)
    {
        var after = this with { Experiment = Experiment with { Search = amended.Search }, Amendments = amended.Number, Requests = Requests.Add(amended.Request) };
        var added = after.Experiment.Search.IslandsAtWork - Grants.Length;
        var (was, isNow) = (Present, after.Present);
        return after with
        {
            Grants = [.. Grants, .. Enumerable.Repeat(ImmutableArray<int>.Empty, added)],
            Unspent = [.. Unspent, .. new int[added]],
            Injected = [.. Injected, .. Enumerable.Repeat(ImmutableArray<Expression>.Empty, added)],
            Revisions = [.. isNow.Select((settings, i) => i < was.Length && IsSame(was[i], settings) ? Revisions[i] : amended.Number)],
        };
    }

    // Records with arrays in them do not compare by value.
    private static bool IsSame(IslandSettings one, IslandSettings other) =>
        JsonSerializer.SerializeToUtf8Bytes(one, WireJson.Options).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(other, WireJson.Options));

    private int Spent(int island) => Grants[island].Sum() - Unspent[island];
}
