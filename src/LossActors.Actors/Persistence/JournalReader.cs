using Dapper;
using LossActors.Actors.Islands;
using LossActors.Evolution.Islands;
using Microsoft.Data.Sqlite;

namespace LossActors.Actors.Persistence;

/// <summary>Reads the journal's table without an actor system.</summary>
internal sealed class JournalReader(DataFolder folder) : IDisposable
{
    private readonly SqliteConnection _connection = Database.Open(folder);

    /// <summary>An island's events in their order.</summary>
    public IEnumerable<(long Number, IslandEvent Event)> IslandEvents(JournalId island)
    {
        var rows = _connection.Query<(long Number, string Manifest, byte[] Message)>(
            "SELECT sequence_number, manifest, message FROM journal WHERE persistence_id = @id ORDER BY sequence_number", new { id = island.ToString() });
        foreach (var (number, manifest, message) in rows)
        {
            yield return (number, ((JournaledIslandEvent)JournalSerializer.Read(message, manifest)).Event);
        }
    }

    /// <summary>How far a journal reaches; 0 for an empty one.</summary>
    public long HighestSequenceNr(string persistenceId) =>
        _connection.ExecuteScalar<long?>("SELECT max(sequence_number) FROM journal WHERE persistence_id = @persistenceId", new { persistenceId }) ?? 0;

    public void Dispose() => _connection.Dispose();
}
