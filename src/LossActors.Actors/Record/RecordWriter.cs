using System.Collections.Immutable;
using System.Data;
using System.Data.Common;
using System.Text.Json;
using Dapper;
using LossActors.Actors.Islands;
using LossActors.Actors.Persistence;
using LossActors.Actors.Serialization;
using LossActors.Actors.Runs;

namespace LossActors.Actors.Record;

/// <summary>
/// Writes journaled events into the record's tables: rows of journals and their new offsets in one transaction, so each event counts once,
/// however often the projection is interrupted. Knows no actors.
/// </summary>
internal sealed class RecordWriter : IDisposable
{
    private readonly DbConnection _connection;
    private readonly IslandTables _islands;
    private readonly Dictionary<string, long> _offsets = new(StringComparer.Ordinal);

    public RecordWriter(Database database)
    {
        _connection = database.Open(write: true);
        _islands = new(_connection, database.Dialect);
    }

    /// <summary>The sequence number of the last row of a journal that was projected; 0 before the first.</summary>
    public long Offset(string persistenceId)
    {
        if (!_offsets.TryGetValue(persistenceId, out var offset))
        {
            _offsets[persistenceId] = offset =
                _connection.ExecuteScalar<long?>("SELECT sequence_nr FROM projection_offsets WHERE persistence_id = @persistenceId", new { persistenceId }) ?? 0;
        }

        return offset;
    }

    /// <summary>Projects rows of one journal in order; those at or before the offset are skipped.</summary>
    public ImmutableArray<Recorded> Write(string persistenceId, IEnumerable<(long Number, object Row)> rows) => Write([(persistenceId, rows)]);

    /// <summary>Projects rows of several journals, all in one transaction with their offsets.</summary>
    /// <returns>What was new.</returns>
    /// <exception cref="DBConcurrencyException">Another process projects the same journals.</exception>
    public ImmutableArray<Recorded> Write(IEnumerable<(string PersistenceId, IEnumerable<(long Number, object Row)> Rows)> journals)
    {
        var recorded = ImmutableArray.CreateBuilder<Recorded>();
        var reached = new Dictionary<string, long>(StringComparer.Ordinal);
        using var transaction = _connection.BeginTransaction();
        foreach (var (journal, rows) in journals)
        {
            var last = Offset(journal);
            DateTimeOffset? at = null;
            foreach (var (number, row) in rows.Where(r => r.Number > last))
            {
                at = Write(transaction, journal, row, recorded) ?? at;
                reached[journal] = last = number;
            }

            if (at is { } touched)
            {
                RunTables.Touch(_connection, JournalId.Parse(journal).Run, touched);
            }
        }

        foreach (var (journal, last) in reached)
        {
            // A former owner that was frozen and believed dead may wake up with a batch in its hands: what it projects was projected by its successor.
            var moved = _connection.Execute(
                """
                INSERT INTO projection_offsets(persistence_id, sequence_nr) VALUES (@journal, @last)
                ON CONFLICT(persistence_id) DO UPDATE SET sequence_nr = excluded.sequence_nr WHERE projection_offsets.sequence_nr = @before
                """,
                new { journal, last, before = Offset(journal) });
            if (moved == 0)
            {
                throw new DBConcurrencyException($"{journal} has been projected beyond row {Offset(journal)} by another process.");
            }
        }

        transaction.Commit();
        foreach (var (journal, last) in reached)
        {
            _offsets[journal] = last;
        }

        return recorded.DrainToImmutable();
    }

    /// <summary>Verdicts of a run so far, and how many were trained.</summary>
    public (int Evaluations, int Trained) Counts(string run) =>
        _connection.QuerySingleOrDefault<(int, int)>("SELECT evaluations, trained FROM runs WHERE run = @run", new { run });

    /// <summary>The state of a run as recorded.</summary>
    public (string State, string? Reason) State(string run) =>
        _connection.QuerySingle<(string, string?)>("SELECT state, reason FROM run_facts WHERE run = @run", new { run });

    /// <inheritdoc/>
    public void Dispose()
    {
        _islands.Dispose();
        _connection.Dispose();
    }

    internal static string Json<T>(T value) => JsonSerializer.Serialize(value, WireJson.Options);

    // When an island's row was decided; a run's own events touch the run by themselves.
    private DateTimeOffset? Write(DbTransaction transaction, string journal, object row, ImmutableArray<Recorded>.Builder recorded)
    {
        var owner = JournalId.Parse(journal);
        if (row is RunEvent happened)
        {
            recorded.Add(new(journal, happened, RunTables.Write(_connection, owner.Run, happened)));
            return null;
        }

        if (owner.Island is not { } island)
        {
            throw new InvalidOperationException($"{journal} holds a {row.GetType().Name}, which the record does not know.");
        }

        var events = JournaledIslandEvents.In(row);
        foreach (var e in events)
        {
            recorded.Add(new(journal, e, _islands.Write(transaction, owner.Run, island, e)));
        }

        return events[^1].At;
    }
}
