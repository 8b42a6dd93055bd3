using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Xunit;

namespace LossActors.ProcessTests.Machine;

/// <summary>A run as plain SQL sees it, opened anew for each question.</summary>
internal sealed class RecordedRun(string database, string run)
{
    /// <summary>One row of the view <c>candidates</c>.</summary>
    public sealed record Candidate(string Id, long Island, long Birth, string Verdict, double? Fitness, string Expression, string Weights, string Origin, string? Reason, string? Worker);

    // The islands' events, whether a row of the journal holds one of them or many. Their bytes are JSON.
    private const string IslandEvents =
        """
        (SELECT persistence_id, manifest, json_extract(CAST(message AS TEXT), '$.event') AS event
         FROM journal WHERE persistence_id LIKE 'island-' || @run || '-%' AND manifest <> 'island-events-v1'
         UNION ALL
         SELECT persistence_id, json_extract(e.value, '$.manifest'), json_extract(e.value, '$.event')
         FROM journal, json_each(CAST(message AS TEXT), '$.events') e WHERE persistence_id LIKE 'island-' || @run || '-%' AND journal.manifest = 'island-events-v1')
        """;

    public string Run => run;

    public IReadOnlyList<Candidate> Candidates() => Ask<Candidate>(
        "SELECT id, island, birth, verdict, fitness, expression, weights, origin, reason, worker FROM candidates WHERE run = @run ORDER BY island, birth");

    /// <summary>How many verdicts each island has recorded.</summary>
    public IReadOnlyDictionary<long, long> VerdictsByIsland() =>
        Ask<(long Island, long Count)>("SELECT island, count(*) FROM candidates WHERE run = @run GROUP BY island").ToDictionary(r => r.Island, r => r.Count);

    /// <summary>Accepted migrants: from whom, to whom, how many.</summary>
    public IReadOnlyList<(long From, long To, long Count)> Migrants() =>
        Ask<(long, long, long)>("""SELECT "from", "to", count(*) FROM migrants WHERE run = @run GROUP BY 1, 2 ORDER BY 2""");

    public long Evaluations() => Ask<long>("SELECT evaluations FROM runs WHERE run = @run").Single();

    public string State() => Ask<string>("SELECT state FROM runs WHERE run = @run").Single();

    /// <summary>The run ended as it should: completed, at its exact budget, each candidate once, no journal with a double entry or a gap.</summary>
    public void IsCompletedOnce(int budget)
    {
        Assert.Equal("completed", State());
        Assert.Equal(budget, Evaluations());
        Assert.Equal(budget, Ask<long>("SELECT count(*) FROM candidates WHERE run = @run").Single());
        HasNothingTwice();
        Assert.Empty(Ask<string>("SELECT id FROM births WHERE run = @run AND verdict IS NULL"));
        Assert.Equal(budget, Ask<long>("SELECT sum(births) FROM grants WHERE run = @run").Single());
        Assert.Equal(budget, Ask<long>($"SELECT count(*) FROM {IslandEvents} WHERE manifest = 'island-judged-v1'").Single());
        Assert.Equal(
            Candidates().Select(c => c.Id).Order(StringComparer.Ordinal),
            Ask<string>($"SELECT event ->> '$.judgement.candidate' FROM {IslandEvents} WHERE manifest = 'island-judged-v1'").Order(StringComparer.Ordinal));
    }

    /// <summary>No birth and no journal entry is there twice, and none is missing between others.</summary>
    public void HasNothingTwice()
    {
        Assert.Empty(Ask<string>("SELECT island || ':' || birth FROM births WHERE run = @run GROUP BY island, birth HAVING count(*) > 1"));
        Assert.Empty(Ask<string>("SELECT id FROM births WHERE run = @run GROUP BY id HAVING count(*) > 1"));
        Assert.Empty(Ask<string>("SELECT island || ' has a gap' FROM births WHERE run = @run GROUP BY island HAVING min(birth) <> 1 OR max(birth) <> count(*)"));
        Assert.Empty(Ask<string>("SELECT persistence_id || '#' || sequence_number FROM journal GROUP BY persistence_id, sequence_number HAVING count(*) > 1"));
        Assert.Empty(Ask<string>("SELECT persistence_id || ' has a gap' FROM journal GROUP BY persistence_id HAVING max(sequence_number) <> count(*)"));
        foreach (var (manifest, what) in ((string, string)[])[("island-proposed-v1", "$.birth"), ("island-judged-v1", "$.judgement.candidate")])
        {
            // In the journal itself, of which the record is only a picture.
            Assert.Empty(Ask<string>($"SELECT persistence_id || ' ' || (event ->> '{what}') FROM {IslandEvents} WHERE manifest = '{manifest}' GROUP BY persistence_id, event ->> '{what}' HAVING count(*) > 1"));
        }
    }

    /// <summary>Every acknowledged result is there as it was acknowledged.</summary>
    public void Holds(IEnumerable<Acknowledged> acknowledged)
    {
        var recorded = Candidates().ToDictionary(c => c.Id);
        foreach (var result in acknowledged)
        {
            Assert.True(recorded.TryGetValue(result.Candidate, out var row), $"{result.Candidate} was acknowledged as {result.Verdict} and is not in the record");
            Assert.Equal((result.Island, result.Birth, result.Verdict, result.Fitness), (row.Island, row.Birth, row.Verdict, row.Fitness));
        }
    }

    private List<T> Ask<T>(string sql)
    {
        using var connection = new SqliteConnection(string.Create(CultureInfo.InvariantCulture, $"Data Source={database};Mode=ReadWrite;Pooling=False;Default Timeout=30"));
        return connection.Query<T>(sql, new { run }).AsList();
    }
}
