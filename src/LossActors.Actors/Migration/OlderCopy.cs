using System.Data.Common;
using Dapper;

namespace LossActors.Actors.Migration;

/// <summary>What the target has of a run already: perhaps what the source's has grown from.</summary>
/// <param name="source">The run as it is to be.</param>
/// <param name="target">The copy.</param>
/// <param name="transaction">Of the target.</param>
internal sealed class OlderCopy(DbConnection source, DbConnection target, DbTransaction transaction)
{
    /// <summary>Whether the source has all that the copy has: then the last row of each of the copy's journals is a row of the source's.</summary>
    public bool IsBeginning(IEnumerable<string> journals) => journals.All(id =>
    {
        var last = target.QuerySingle<Row>(
            "SELECT sequence_number AS Number, message AS Message FROM journal WHERE persistence_id = @id ORDER BY sequence_number DESC LIMIT 1", new { id }, transaction);
        var same = source.QueryFirstOrDefault<Row>(
            "SELECT sequence_number AS Number, message AS Message FROM journal WHERE persistence_id = @id AND sequence_number = @Number", new { id, last.Number });
        return same is not null && last.Message.AsSpan().SequenceEqual(same.Message);
    });

    /// <summary>Takes rows out of a table of the target.</summary>
    public void Delete(string table, string key, string value) => target.Execute($"DELETE FROM {table} WHERE {key} = @value", new { value }, transaction);

    private sealed record Row
    {
        public required long Number { get; init; }

        public required byte[] Message { get; init; }
    }
}
