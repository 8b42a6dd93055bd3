using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Dapper;
using LossActors.Actors.Experiments;
using LossActors.Actors.Persistence;
using LossActors.Actors.Serialization;
using LossActors.Evolution.Candidates;

namespace LossActors.Actors.Record;

/// <summary>
/// Reads the record, also while another process writes it. Knows no actors. One reader, one thread.
/// </summary>
public sealed class RecordReader : IDisposable
{
    private const string Runs =
        """
        SELECT run AS Run, name AS Name, state AS State, reason AS Reason, seed AS Seed, strict AS Strict, budget AS Budget, islands AS Islands, metric AS Metric,
               evaluations AS Evaluations, trained AS Trained, candidate_steps AS CandidateSteps, refinement_steps AS RefinementSteps, saved_steps AS SavedSteps, CAST(elapsed_seconds AS DOUBLE PRECISION) AS ElapsedSeconds, created_at AS CreatedAt, updated_at AS UpdatedAt,
               data_hash AS DataHash, versions AS Versions, experiment AS Experiment
        FROM runs
        """;

    internal const string CandidateColumns =
        """
        SELECT id AS Id, island AS Island, birth AS Birth, parents AS Parents, verdict AS Verdict, origin AS Origin, expression AS Expression, weights AS Weights,
               complexity AS Complexity, fitness AS Fitness, fitness_steps AS FitnessSteps, stopped_at AS StoppedAt, trained_steps AS TrainedSteps,
               refinement_steps AS RefinementSteps,
               saved_steps AS SavedSteps, seconds AS Seconds, saved_seconds AS SavedSeconds, same_as AS SameAs,
               reason AS Reason, worker AS Worker, proposed_at AS ProposedAt, judged_at AS JudgedAt
        FROM candidates
        """;

    private readonly Database _database;
    private readonly DbConnection _connection;

    private RecordReader(Database database, DbConnection connection)
    {
        _database = database;
        _connection = connection;
    }

    /// <summary>Opens the record in a database.</summary>
    /// <exception cref="DatabaseException">There is none, or it cannot be read.</exception>
    public static RecordReader Open(Database database)
    {
        ArgumentNullException.ThrowIfNull(database);
        return new(database, database.Open());
    }

    /// <summary>All runs, newest first.</summary>
    public IReadOnlyList<RunSummary> List() =>
        [.. _connection.Query<RunRow>(Runs + " ORDER BY created_at DESC, run DESC").Select(row => Summarise(row))];

    /// <summary>The id of a run given by id, by an unambiguous beginning of it, or (null) the latest.</summary>
    /// <exception cref="UnknownRunException">There is none, or more than one.</exception>
    public string Resolve(string? run)
    {
        if (run is null)
        {
            return _connection.QueryFirstOrDefault<string>("SELECT run FROM run_facts ORDER BY created_at DESC, run DESC LIMIT 1")
                ?? throw new UnknownRunException($"There is no run in {_database.Place}. Start one with `lossactors run{_database.Option}`.");
        }

        var found = _connection.Query<string>("SELECT run FROM run_facts WHERE substr(run, 1, length(@run)) = @run ORDER BY run", new { run }).AsList();
        return found.Contains(run, StringComparer.Ordinal) ? run
            : found.Count == 1 ? found[0]
            : found.Count == 0 ? throw new UnknownRunException($"There is no run '{run}' in {_database.Place}. `lossactors runs{_database.Option}` lists them.")
            : throw new UnknownRunException($"'{run}' may mean {string.Join(", ", found.Take(4))}: give more of the id.");
    }

    /// <summary>One run with its hall of fame.</summary>
    public RunDetails Show(string run)
    {
        var row = Row(run);
        var summary = Summarise(row);
        var founded = JsonSerializer.Deserialize<Experiment>(row.Experiment, WireJson.Options)!;
        return new RunDetails
        {
            Run = summary.Run, Name = summary.Name, State = summary.State, Reason = summary.Reason, Seed = summary.Seed, Strict = summary.Strict,
            Evaluations = summary.Evaluations, Budget = summary.Budget, Trained = summary.Trained, CandidateSteps = summary.CandidateSteps, RefinementSteps = summary.RefinementSteps, SavedSteps = summary.SavedSteps, Islands = summary.Islands,
            ElapsedSeconds = summary.ElapsedSeconds, CreatedAt = summary.CreatedAt, UpdatedAt = summary.UpdatedAt, Metric = summary.Metric,
            Evaluators = summary.Evaluators, Nodes = summary.Nodes, Baseline = summary.Baseline,
            HallOfFame = HallOfFame(run),
            Finalists = Finalists(run),
            Experiment = Amended(run, founded),
            Founded = founded.Search,
            Amendments = [.. Amendments(run)],
            DataHash = row.DataHash,
            Versions = JsonSerializer.Deserialize<ImmutableSortedDictionary<string, string>>(row.Versions, WireJson.Options)!,
        };
    }

    /// <summary>What users have changed about a run, in order.</summary>
    public IReadOnlyList<AmendmentRow> Amendments(string run) =>
        [.. _connection.Query<(long Number, string Request, string Description, string At)>("SELECT number, request, description, at FROM amendments WHERE run = @run ORDER BY number", new { run })
            .Select(row => new AmendmentRow((int)row.Number, row.Request, row.Description, SqlTypes.Time(row.At)))];

    /// <summary>The state of a run as it is now.</summary>
    public string StateOf(string run) => TrueState(Row(run));

    /// <summary>The state of a run as last journaled: <c>stopping</c> and <c>finals</c> besides those of <see cref="StateOf"/>, and never <c>interrupted</c>.</summary>
    public string JournaledStateOf(string run) => Row(run).State;

    /// <summary>Every candidate with a verdict, in the order of the verdicts.</summary>
    public IReadOnlyList<CandidateRow> Candidates(string run)
    {
        var clock = ActiveClock.Of(Intervals(run));
        return [.. _connection.Query<CandidateRow>(CandidateColumns + " WHERE run = @run ORDER BY judged_at, island, birth", new { run })
            .Select(row => row with { AtSeconds = clock.At(row.JudgedAt) })];
    }

    /// <summary>How a run stands, in sums.</summary>
    public RunStanding Standing(string run) => new(
        [.. _connection.Query<TallyRow>(
            "SELECT island AS Island, verdict AS Verdict, candidates AS Candidates, saved_seconds AS SavedSeconds, best AS Best FROM tallies WHERE run = @run ORDER BY island, verdict",
            new { run })]);

    /// <summary>A candidate and all its ancestors, itself first, then by generation; ancestors still under way are left out.</summary>
    public IReadOnlyList<CandidateRow> Lineage(string run, string candidate) =>
        [.. _connection.Query<CandidateRow>(
            "WITH RECURSIVE line(id, depth) AS (SELECT @candidate, 0 UNION SELECT p.value, l.depth + 1 FROM line l JOIN births b ON b.run = @run AND b.id = l.id CROSS JOIN "
            + _database.Dialect.Elements("b.parents", "p") + " WHERE l.depth < 200) "
            + CandidateColumns + " JOIN (SELECT id AS line_id, min(depth) AS depth FROM line GROUP BY id) AS ancestors ON line_id = id WHERE run = @run ORDER BY depth, island, birth",
            new { run, candidate })];

    /// <summary>Every accepted migrant.</summary>
    public IReadOnlyList<MigrantRow> Migrants(string run) =>
        [.. _connection.Query<MigrantRow>(
            """SELECT "from" AS "From", "to" AS "To", candidate AS Candidate, birth AS Birth, epoch AS Epoch, fitness AS Fitness FROM migrants WHERE run = @run ORDER BY epoch, "to", "from" """,
            new { run })];

    /// <summary>What each gate did.</summary>
    public IReadOnlyList<GateRow> Gates(string run) =>
        [.. _connection.Query<GateRow>(
            "SELECT verdict AS Verdict, candidates AS Candidates, seconds AS Seconds, saved_seconds AS SavedSeconds FROM gates WHERE run = @run ORDER BY candidates DESC, verdict",
            new { run })];

    /// <summary>Every refined candidate beside its parent.</summary>
    public IReadOnlyList<RefinementRow> Refinements(string run) =>
        [.. _connection.Query<RefinementRow>(
            """
            SELECT r.candidate AS Candidate, r.parent AS Parent, r.error_before AS ErrorBefore, r.error_after AS ErrorAfter,
                   p.fitness AS FitnessBefore, CASE WHEN c.verdict = 'trained' THEN c.fitness END AS FitnessAfter, c.verdict AS Verdict
            FROM refinements r JOIN births c ON c.run = r.run AND c.id = r.candidate LEFT JOIN births p ON p.run = r.run AND p.id = r.parent
            WHERE r.run = @run ORDER BY c.island, c.birth
            """,
            new { run })];

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    internal IReadOnlyList<IntervalRow> Intervals(string run) =>
        [.. _connection.Query<IntervalRow>("SELECT started_at AS StartedAt, ended_at AS EndedAt FROM run_intervals WHERE run = @run ORDER BY number", new { run })];

    internal IReadOnlyList<(string Candidate, int Replicate, double Fitness)> FreshReplicates(string run) =>
        [.. _connection.Query<(string, int, double)>("SELECT candidate, replicate, fitness FROM replicates WHERE run = @run AND fresh = 1 ORDER BY candidate, replicate", new { run })];

    // The time limit is raised by whoever resumes a run, which is no change to the search.
    private Experiment Amended(string run, Experiment founded) =>
        _connection.QueryFirstOrDefault<string>("SELECT search FROM amendments WHERE run = @run AND search IS NOT NULL ORDER BY number DESC LIMIT 1", new { run }) is { } search
            ? founded with { Search = JsonSerializer.Deserialize<SearchSettings>(search, WireJson.Options)! with { Time = founded.Search.Time } }
            : founded;

    private RunRow Row(string run) =>
        _connection.QueryFirstOrDefault<RunRow>(Runs + " WHERE run = @run", new { run })
        ?? throw new UnknownRunException($"There is no run '{run}' in {_database.Place}. `lossactors runs{_database.Option}` lists them.");

    private RunSummary Summarise(RunRow row)
    {
        var status = _database.IsOwned(row.Run) ? _database.Channel(row.Run).Status() : null;
        return new()
        {
            Run = row.Run, Name = row.Name, State = TrueState(row), Reason = row.Reason, Seed = ulong.Parse(row.Seed, provider: null), Strict = row.Strict,
            Evaluations = row.Evaluations, Budget = row.Budget, Trained = row.Trained, CandidateSteps = row.CandidateSteps, RefinementSteps = row.RefinementSteps, SavedSteps = row.SavedSteps, Islands = row.Islands,
            ElapsedSeconds = Math.Round(row.ElapsedSeconds, 3), CreatedAt = row.CreatedAt, UpdatedAt = row.UpdatedAt, Metric = row.Metric,
            Evaluators = status?.Evaluators ?? [],
            Nodes = status?.Nodes ?? [],
            Baseline = Baseline(row.Run, row.Metric),
        };
    }

    // A killed process leaves its run as it was; only the lock tells whether anyone still works on it.
    private string TrueState(RunRow row) => row.State switch
    {
        "running" or "stopping" or "finals" => _database.IsOwned(row.Run) ? "running" : "interrupted",
        var ended => ended,
    };

    // A learning rate at which any replicate diverged is no candidate for the best one.
    private BaselineResult? Baseline(string run, string metric)
    {
        var best = _connection.QueryFirstOrDefault<(int? Index, double Rate, double Value)>(
            "SELECT rate_index, learning_rate, avg(fitness) FROM baselines WHERE run = @run GROUP BY rate_index, learning_rate HAVING count(*) = count(fitness) ORDER BY avg(fitness), rate_index LIMIT 1",
            new { run });
        return best.Index is null ? null : new BaselineResult(metric, best.Value, best.Rate,
            [.. _connection.Query<double>("SELECT fitness FROM baselines WHERE run = @run AND rate_index = @Index ORDER BY replicate", new { run, best.Index })]);
    }

    private ImmutableArray<HallOfFameRow> HallOfFame(string run)
    {
        var final = _connection.Query<HallOfFameRow>(
            "SELECT rank AS Rank, candidate AS Candidate, expression AS Expression, weights AS Weights, complexity AS Complexity, fitness AS Fitness, search_fitness AS SearchFitness FROM hall_of_fame WHERE run = @run ORDER BY rank",
            new { run }).AsList();
        return final.Count > 0
            ? [.. final.Select(row => Measured(run, row, fresh: true))]
            : [.. Front(run).Select(row => Measured(run, row, fresh: false))];
    }

    private HallOfFameRow Measured(string run, HallOfFameRow row, bool fresh) =>
        FitnessParts.With(_connection, run, row with { Replicates = Replicates(run, row.Candidate, fresh) }, fresh);

    private ImmutableArray<FinalistRow> Finalists(string run) =>
    [
        .. FreshReplicates(run).GroupBy(row => CandidateId.Parse(row.Candidate))
            .Select(rows => (Candidate: rows.Key, Searched: FitnessOf(run, rows.Key), Replicates: rows.Select(row => row.Fitness)))
            .OrderBy(finalist => finalist.Searched).ThenBy(finalist => finalist.Candidate.Island).ThenBy(finalist => finalist.Candidate.Birth)
            .Select(finalist => new FinalistRow(finalist.Candidate.ToString(), finalist.Searched, [.. finalist.Replicates])),
    ];

    private double FitnessOf(string run, CandidateId candidate) => _connection.ExecuteScalar<double>(
        "SELECT fitness FROM births WHERE run = @run AND island = @Island AND birth = @Birth", new { run, candidate.Island, candidate.Birth });

    // The Pareto front of fitness and complexity, the fittest first: each one is simpler than all that are better.
    private IEnumerable<HallOfFameRow> Front(string run) => FrontPoints(run).Select((point, i) =>
    {
        var row = At(run, point.Complexity, point.Fitness);
        return new HallOfFameRow
        {
            Rank = i + 1, Candidate = row.Id, Expression = row.Expression, Weights = row.Weights, Complexity = row.Complexity,
            Fitness = row.Fitness, SearchFitness = row.Fitness!.Value,
        };
    });

    private Stack<(int Complexity, double Fitness)> FrontPoints(string run)
    {
        var front = new Stack<(int Complexity, double Fitness)>();
        foreach (var (complexity, fitness) in _connection.Query<(int Complexity, double Fitness)>(
            "SELECT complexity, min(fitness) FROM births WHERE run = @run AND verdict = 'trained' GROUP BY complexity ORDER BY complexity", new { run }))
        {
            if (!front.TryPeek(out var simpler) || fitness < simpler.Fitness)
            {
                front.Push((complexity, fitness));
            }
        }

        return front;
    }

    private CandidateRow At(string run, int complexity, double fitness) => _connection.QueryFirst<CandidateRow>(
        CandidateColumns + " WHERE run = @run AND verdict = 'trained' AND complexity = @complexity AND fitness = @fitness ORDER BY island, birth LIMIT 1",
        new { run, complexity, fitness });

    private ImmutableArray<double> Replicates(string run, string candidate, bool fresh) =>
        [.. _connection.Query<double>("SELECT fitness FROM replicates WHERE run = @run AND candidate = @candidate AND fresh = @fresh ORDER BY replicate", new { run, candidate, fresh = fresh ? 1 : 0 })];

    private sealed class RunRow
    {
        public string Run { get; init; } = "";
        public string Name { get; init; } = "";
        public string State { get; init; } = "";
        public string? Reason { get; init; }
        public string Seed { get; init; } = "";
        public bool Strict { get; init; }
        public int Budget { get; init; }
        public int Islands { get; init; }
        public string Metric { get; init; } = "";
        public int Evaluations { get; init; }
        public int Trained { get; init; }
        public long CandidateSteps { get; init; }
        public long RefinementSteps { get; init; }
        public long SavedSteps { get; init; }
        public double ElapsedSeconds { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset UpdatedAt { get; init; }
        public string DataHash { get; init; } = "";
        public string Versions { get; init; } = "";
        public string Experiment { get; init; } = "";
    }
}
