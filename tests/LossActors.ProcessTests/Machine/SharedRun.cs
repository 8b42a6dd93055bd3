using Dapper;
using Npgsql;
using Xunit;

namespace LossActors.ProcessTests.Machine;

/// <summary>A run of a PostgreSQL database as plain SQL sees it, opened anew for each question.</summary>
internal sealed class SharedRun(string connection, string run)
{
    // The islands' events as the journal holds them, whether a row holds one or many. Their bytes are JSON.
    private const string Judged =
        """
        (SELECT persistence_id, e.value -> 'event' -> 'judgement' ->> 'candidate' AS candidate
         FROM journal, jsonb_array_elements(convert_from(message, 'UTF8')::jsonb -> 'events') e
         WHERE persistence_id LIKE 'island-' || @run || '-%' AND journal.manifest = 'island-events-v1' AND e.value ->> 'manifest' = 'island-judged-v1') judged
        """;

    public string State() => Ask<string>("SELECT state FROM runs WHERE run = @run").Single();

    public long Evaluations() => Ask<long>("SELECT evaluations FROM runs WHERE run = @run").Single();

    /// <summary>How many verdicts each island has recorded.</summary>
    public IReadOnlyDictionary<long, long> VerdictsByIsland() =>
        Ask<(long Island, long Count)>("SELECT island, count(*) FROM candidates WHERE run = @run GROUP BY island").ToDictionary(r => r.Island, r => r.Count);

    /// <summary>The process that has the run, as it says itself.</summary>
    public int Owner() => Ask<int>("SELECT CAST(status AS jsonb) ->> 'pid' FROM run_status WHERE run = @run").Single();

    /// <summary>The search nodes that are up, as the process that has the run sees them: <c>host:port</c>.</summary>
    public IReadOnlyList<string> SearchNodes() => Ask<string>(
        """
        SELECT node ->> 'address' FROM run_status, jsonb_array_elements(CAST(status AS jsonb) -> 'nodes') node
        WHERE run = @run AND node ->> 'role' = 'search' AND node ->> 'state' = 'up'
        """);

    /// <summary>What the sessions of the database do, one line each, for messages.</summary>
    public string Sessions() => string.Join(
        '\n',
        Ask<string>("SELECT concat_ws(' ', pid, client_addr, state, wait_event_type, wait_event, now() - state_change, pg_blocking_pids(pid), left(query, 100)) FROM pg_stat_activity WHERE datname = current_database() ORDER BY state"));

    /// <summary>What became of each candidate, in the order of islands and births.</summary>
    public IReadOnlyList<(string Id, string Verdict, double? Fitness, string Expression, string Weights)> Candidates() =>
        Ask<(string, string, double?, string, string)>("SELECT id, verdict, fitness, expression, weights FROM candidates WHERE run = @run ORDER BY island, birth");

    /// <summary>Every acknowledged result is there as it was acknowledged.</summary>
    public void Holds(IEnumerable<Acknowledged> acknowledged)
    {
        var recorded = Ask<(string Id, string Verdict, double? Fitness)>("SELECT id, verdict, fitness FROM candidates WHERE run = @run").ToDictionary(c => c.Id);
        Assert.All(acknowledged, result => Assert.Equal((result.Candidate, result.Verdict, result.Fitness), recorded.GetValueOrDefault(result.Candidate)));
    }

    /// <summary>The run ended as it should: completed, at its exact budget, each candidate once, no journal with a double entry or a gap.</summary>
    public void IsCompletedOnce(int budget)
    {
        Assert.Equal("completed", State());
        Assert.Equal(budget, Evaluations());
        Assert.Equal(budget, Ask<long>("SELECT count(*) FROM candidates WHERE run = @run").Single());
        Assert.Equal(budget, Ask<long>("SELECT sum(births) FROM grants WHERE run = @run").Single());
        Assert.Empty(Ask<string>("SELECT id FROM births WHERE run = @run AND verdict IS NULL"));
        Assert.Empty(Ask<string>("SELECT CAST(island AS text) FROM births WHERE run = @run GROUP BY island HAVING min(birth) <> 1 OR max(birth) <> count(*)"));
        Assert.Empty(Ask<string>("SELECT persistence_id FROM journal GROUP BY persistence_id HAVING max(sequence_number) <> count(*) OR count(DISTINCT sequence_number) <> count(*)"));

        // In the journal itself, of which the record is only a picture.
        Assert.Equal(budget, Ask<long>($"SELECT count(*) FROM {Judged}").Single());
        Assert.Equal(budget, Ask<long>($"SELECT count(DISTINCT candidate) FROM {Judged}").Single());
    }

    private List<T> Ask<T>(string sql)
    {
        using var open = new NpgsqlConnection($"{connection};Pooling=false;Timeout=30");
        return open.Query<T>(sql, new { run }).AsList();
    }
}
