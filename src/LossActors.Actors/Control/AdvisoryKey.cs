using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;

namespace LossActors.Actors.Control;

/// <summary>The number that stands for a run among a database's advisory locks.</summary>
/// <param name="run">The run's id.</param>
internal readonly struct AdvisoryKey(string run)
{
    public long Value { get; } = BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes("lossactors run " + run)));

    /// <summary>The session that holds the lock; null: none.</summary>
    public Session? Holder(NpgsqlConnection connection) => connection.QueryFirstOrDefault<Session>(
        """
        SELECT l.pid AS Pid, CAST(a.backend_start AS text) AS Since FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'advisory' AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND l.granted
            AND l.objsubid = 1 AND CAST(l.classid AS bigint) = @high AND CAST(l.objid AS bigint) = @low
        """,
        new { high = (long)(uint)(Value >> 32), low = (long)(uint)Value });

    /// <summary>The session of a connection.</summary>
    public static Session Of(NpgsqlConnection connection) => connection.QuerySingle<Session>(
        "SELECT pid AS Pid, CAST(backend_start AS text) AS Since FROM pg_stat_activity WHERE pid = pg_backend_pid()");

    /// <summary>Takes the lock, for as long as the connection lives, if nobody has it.</summary>
    public bool TryTake(NpgsqlConnection connection) => connection.ExecuteScalar<bool>("SELECT pg_try_advisory_lock(@Value)", new { Value });

    /// <summary>A session of the server: process ids come again, with another start.</summary>
    internal sealed record Session
    {
        public required int Pid { get; init; }

        public string? Since { get; init; }
    }
}
