using System.Data.Common;
using Dapper;
using LossActors.Actors.Islands;
using LossActors.Evolution.Islands;

namespace LossActors.Actors.Persistence;

/// <summary>Reads the journal's table without an actor system.</summary>
internal sealed class JournalReader(Database database) : IDisposable
{
    private readonly DbConnection _connection = database.Open();

    /// <summary>An island's events in their order, each with the number of its row.</summary>
    public IEnumerable<(long Number, IslandEvent Event)> IslandEvents(JournalId island) =>
        Rows(island.ToString(), after: 0, until: long.MaxValue).SelectMany(row => JournaledIslandEvents.In(row.Row), (row, e) => (row.Number, e.Event));

    /// <summary>The rows of a journal from one number (exclusive) to another (inclusive), in their order. Read as they are asked for.</summary>
    public IEnumerable<(long Number, object Row)> Rows(string persistenceId, long after, long until)
    {
        var rows = _connection.Query<(long Number, string Manifest, byte[] Message)>(
            "SELECT sequence_number, manifest, message FROM journal WHERE persistence_id = @persistenceId AND sequence_number > @after AND sequence_number <= @until ORDER BY sequence_number",
            new { persistenceId, after, until },
            buffered: false);
        foreach (var (number, manifest, message) in rows)
        {
            yield return (number, JournalSerializer.Read(message, manifest));
        }
    }

    /// <summary>How far a journal reaches; 0 for an empty one.</summary>
    public long HighestSequenceNr(string persistenceId) =>
        _connection.ExecuteScalar<long?>("SELECT max(sequence_number) FROM journal WHERE persistence_id = @persistenceId", new { persistenceId }) ?? 0;

    public void Dispose() => _connection.Dispose();
}
