using System.Collections.Immutable;
using System.Text.Json;
using Dapper;
using LossActors.Actors.Islands;
using LossActors.Actors.Persistence;
using LossActors.Actors.Serialization;
using LossActors.Actors.Runs;
using LossActors.Evolution.Candidates;
using Microsoft.Data.Sqlite;

namespace LossActors.Actors.Record;

/// <summary>
/// Writes journaled events into the record's tables: a batch of one persistence id and its new offset in one transaction, so each event counts once,
/// however often the projection is interrupted. Knows no actors.
/// </summary>
internal sealed class RecordWriter(DataFolder folder) : IDisposable
{
    private readonly SqliteConnection _connection = Database.Open(folder, write: true);

    /// <summary>The sequence number of the last event of a journal that was projected; 0 before the first.</summary>
    public long Offset(string persistenceId) =>
        _connection.ExecuteScalar<long?>("SELECT sequence_nr FROM projection_offsets WHERE persistence_id = @persistenceId", new { persistenceId }) ?? 0;

    /// <summary>Projects events in order; those at or before the offset are skipped.</summary>
    /// <returns>The events that were new.</returns>
    public ImmutableArray<object> Write(string persistenceId, IEnumerable<(long SequenceNr, object Event)> events)
    {
        using var transaction = _connection.BeginTransaction();
        var offset = Offset(persistenceId);
        var fresh = events.Where(e => e.SequenceNr > offset).ToImmutableArray();
        if (fresh.IsEmpty)
        {
            return [];
        }

        var owner = JournalId.Parse(persistenceId);
        foreach (var (_, happened) in fresh)
        {
            switch (happened)
            {
                case RunEvent e:
                    RunTables.Write(_connection, owner.Run, e);
                    break;
                case JournaledIslandEvent e:
                    IslandTables.Write(_connection, owner.Run, owner.Island!.Value, e);
                    break;
                default:
                    throw new InvalidOperationException($"{persistenceId} holds a {happened.GetType().Name}, which the record does not know.");
            }
        }

        _connection.Execute(
            "INSERT INTO projection_offsets(persistence_id, sequence_nr) VALUES (@persistenceId, @last) ON CONFLICT(persistence_id) DO UPDATE SET sequence_nr = excluded.sequence_nr",
            new { persistenceId, last = fresh[^1].SequenceNr });
        transaction.Commit();
        return [.. fresh.Select(e => e.Event)];
    }

    /// <summary>A judged candidate as recorded.</summary>
    public CandidateRow Candidate(string run, CandidateId candidate) => _connection.QuerySingle<CandidateRow>(
        RecordReader.CandidateColumns + " WHERE run = @run AND island = @Island AND birth = @Birth", new { run, candidate.Island, candidate.Birth });

    /// <summary>Verdicts of a run so far, and how many were trained.</summary>
    public (int Evaluations, int Trained) Counts(string run) =>
        _connection.QuerySingleOrDefault<(int, int)>("SELECT evaluations, trained FROM runs WHERE run = @run", new { run });

    /// <summary>The state of a run as recorded.</summary>
    public (string State, string? Reason) State(string run) =>
        _connection.QuerySingle<(string, string?)>("SELECT state, reason FROM run_facts WHERE run = @run", new { run });

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    internal static string Json<T>(T value) => JsonSerializer.Serialize(value, WireJson.Options);
}
