using Dapper;
using LossActors.Actors.Record;
using Microsoft.Data.Sqlite;

namespace LossActors.Actors.Persistence;

/// <summary>The SQLite database of a data folder: how it is opened, what makes it ours, and the schema of the record in it.</summary>
public static class Database
{
    /// <summary>The version of the schema that this build reads and writes.</summary>
    public const int SchemaVersion = 6;

    /// <summary>
    /// How Akka.Persistence.Sql connects. SQLite gives up waiting for another writer after 8 seconds, before the journal's circuit breaker (10 s) would.
    /// No shared cache: it gains nothing and locks tables.
    /// </summary>
    public static string ConnectionString(DataFolder folder) =>
        new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(folder.Database), DefaultTimeout = 8 }.ToString();

    /// <summary>
    /// SQLite itself looks again for a lock after a millisecond, then less and less often; Microsoft.Data.Sqlite, if SQLite did not, every 150 ms. A property of each connection.
    /// </summary>
    public const string Patience = "PRAGMA busy_timeout=8000";

    /// <summary>Makes the database where there is none, and checks the one that is there. Called once, before the actor system starts.</summary>
    /// <exception cref="DatabaseException">It is no database of ours, a newer one, or cannot be written.</exception>
    public static void Initialise(DataFolder folder) => Guarded(folder, () =>
    {
        Directory.CreateDirectory(folder.Root);
        using var connection = Connect(folder, SqliteOpenMode.ReadWriteCreate);
        // A property of the file: readers never wait for the writer, and a persist costs one fsync.
        connection.ExecuteScalar<string>("PRAGMA journal_mode=WAL");
        CheckVersion(folder, connection, mayBeNew: true);
        Upgrade(connection);
        using var transaction = connection.BeginTransaction();
        connection.Execute(Script("record"), transaction: transaction);
        connection.Execute("INSERT OR IGNORE INTO meta(key, value) VALUES ('schema_version', @SchemaVersion)", new { SchemaVersion }, transaction);
        transaction.Commit();
        return true;
    });

    /// <summary>Opens the database to read from, or to project into; it must exist.</summary>
    /// <exception cref="DatabaseException">There is none, it is not ours, or a newer one.</exception>
    public static SqliteConnection Open(DataFolder folder, bool write = false) => Guarded(folder, () =>
    {
        if (!folder.Exists)
        {
            throw new DatabaseException($"No runs in {folder.Root}: there is no {folder.Database}. Start one with `lossactors run{folder.Option}`, or name another folder with --data-dir.");
        }

        // WAL readers need to write the shared index beside the file, hence no read-only mode.
        var connection = Connect(folder, SqliteOpenMode.ReadWrite);
        try
        {
            CheckVersion(folder, connection, mayBeNew: false);
            Upgrade(connection);
            // The record is derived from the journal with its offsets, so losing its last rows to a power cut is repaired by projecting again.
            connection.Execute(write ? $"PRAGMA synchronous=NORMAL; {Patience}" : "PRAGMA query_only=ON");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    });

    private static TurnTakingConnection Connect(DataFolder folder, SqliteOpenMode mode)
    {
        if (Directory.Exists(folder.Database))
        {
            throw new DatabaseException($"{folder.Database} is a folder where the database should be. Move it away, or name another folder with --data-dir.");
        }

        var connection = new TurnTakingConnection(new SqliteConnectionStringBuilder(ConnectionString(folder)) { Mode = mode, Pooling = false }.ToString());
        SqlTypes.Register();
        connection.Open();
        return connection;
    }

    private static void CheckVersion(DataFolder folder, SqliteConnection connection, bool mayBeNew)
    {
        var tables = connection.Query<string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").ToHashSet(StringComparer.Ordinal);
        if (tables.Count == 0 && mayBeNew)
        {
            return;
        }

        if (!tables.Contains("meta"))
        {
            throw new DatabaseException($"{folder.Database} is not a LossActors database. Move it away, or name another folder with --data-dir.");
        }

        var version = Version(connection);
        if (version is < 1 or > SchemaVersion)
        {
            throw new DatabaseException(
                $"{folder.Database} has schema version {version}; this is LossActors for version {SchemaVersion}. Use the LossActors that wrote it, or another --data-dir.");
        }
    }

    // Step by step, each in one transaction that looks again: another process may be doing the same.
    private static void Upgrade(SqliteConnection connection)
    {
        for (var next = Version(connection) + 1; next is > 1 and <= SchemaVersion; next++)
        {
            using var transaction = connection.BeginTransaction();
            if (Version(connection) < next)
            {
                connection.Execute(Script($"upgrade-{next}"), transaction: transaction);
                if (next == SchemaVersion)
                {
                    // What the way here dropped.
                    connection.Execute(Script("record"), transaction: transaction);
                }
            }

            transaction.Commit();
        }
    }

    // 0: an empty file.
    private static int Version(SqliteConnection connection) =>
        connection.ExecuteScalar<int>("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'meta'") == 0
            ? 0
            : connection.ExecuteScalar<int>("SELECT value FROM meta WHERE key = 'schema_version'");

    private static string Script(string name)
    {
        using var stream = typeof(Database).Assembly.GetManifestResourceStream($"LossActors.Actors.Record.{name}.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static T Guarded<T>(DataFolder folder, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException e)
        {
            throw new DatabaseException(
                e.SqliteErrorCode == 26 || e.SqliteErrorCode == 11
                    ? $"{folder.Database} is damaged or no SQLite database. Move it away (or restore a copy), or name another folder with --data-dir."
                    : $"{folder.Database} cannot be opened: {e.Message.ReplaceLineEndings(" ")} Check the folder's permissions and free space.",
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseException($"{folder.Root} cannot be used: {e.Message} Check its permissions, or name another folder with --data-dir.", e);
        }
    }
}
