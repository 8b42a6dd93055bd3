using System.Data.Common;
using Dapper;
using LinqToDB;
using LinqToDB.DataProvider.SQLite;
using LossActors.Actors.Control;
using LossActors.Actors.Record;
using Microsoft.Data.Sqlite;

namespace LossActors.Actors.Persistence;

/// <summary>The SQLite file of a data folder, with locks, status and commands as files beside it.</summary>
/// <param name="folder">The data folder.</param>
public sealed class SqliteDatabase(DataFolder folder) : Database(folder)
{
    private const string Provider = "SQLite.MS";

    /// <summary>
    /// SQLite itself looks again for a lock after a millisecond, then less and less often; Microsoft.Data.Sqlite, if SQLite did not, every 150 ms. A property of each connection.
    /// </summary>
    private const string Patience = "PRAGMA busy_timeout=8000";

    /// <inheritdoc/>
    public override string Name => Folder.Database;

    /// <inheritdoc/>
    public override string Place => Folder.Root;

    /// <inheritdoc/>
    public override bool Exists => Folder.Exists;

    /// <inheritdoc/>
    public override string Absence => $"there is no database in {Folder.Root}; start a run with `lossactors run{Option}`, or name another folder with --data-dir";

    internal override SqlDialect Dialect => SqliteDialect.Instance;

    /// <summary>
    /// How connections are opened. SQLite gives up waiting for another writer after 8 seconds, before the journal's circuit breaker (10 s) would.
    /// No shared cache: it gains nothing and locks tables.
    /// </summary>
    internal string ConnectionString => new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(Folder.Database), DefaultTimeout = 8 }.ToString();

    // SQLite has one writer at a time: more would only wait for each other.
    internal override PersistencePlugin Plugin => new(
        Provider,
        ConnectionString,
        new DataOptions()
            .UseConnectionString(Provider, ConnectionString)
            .UseConnectionFactory(SQLiteTools.GetDataProvider(SQLiteProvider.Microsoft), _ => new TurnTakingConnection(ConnectionString))
            .UseAfterConnectionOpened(connection => connection.Execute(Patience), (connection, _) => connection.ExecuteAsync(Patience)),
        Journal: "parallelism = 1",
        Snapshots: "");

    private static SchemaWords Words => new("Move it away, or name another folder with --data-dir", "another --data-dir");

    /// <inheritdoc/>
    public override void Initialise() => Guarded(() =>
    {
        Directory.CreateDirectory(Folder.Root);
        using var connection = Connect(SqliteOpenMode.ReadWriteCreate);
        // A property of the file: readers never wait for the writer, and a persist costs one fsync.
        connection.ExecuteScalar<string>("PRAGMA journal_mode=WAL");
        var schema = new RecordSchema(connection, Dialect);
        schema.Check(Name, Words, mayBeNew: true);
        schema.Upgrade();
        schema.Make();
        return true;
    });

    /// <inheritdoc/>
    public override DbConnection Open(bool write = false) => Guarded(() =>
    {
        if (!Folder.Exists)
        {
            throw new DatabaseException($"No runs in {Folder.Root}: there is no {Folder.Database}. Start one with `lossactors run{Option}`, or name another folder with --data-dir.");
        }

        // WAL readers need to write the shared index beside the file, hence no read-only mode.
        var connection = Connect(SqliteOpenMode.ReadWrite);
        try
        {
            var schema = new RecordSchema(connection, Dialect);
            schema.Check(Name, Words, mayBeNew: false);
            schema.Upgrade();
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

    /// <inheritdoc/>
    public override IRunLock Own(string run) => FileRunLock.Take(this, run);

    /// <inheritdoc/>
    public override bool IsOwned(string run) => FileRunLock.IsHeld(Folder, run);

    /// <inheritdoc/>
    public override IRunChannel Channel(string run) => new FileRunChannel(Folder, run);

    /// <summary>Writes a small database where the data folder is or would be made, and takes it away again; looks at the real one if there is one.</summary>
    public override string Examine()
    {
        if (Folder.Exists)
        {
            using var runs = RecordReader.Open(this);
            return $"{Folder.Database} can be read: {runs.List().Count} runs";
        }

        var place = Existing(Folder.Root);
        var probe = Path.Combine(place, $".lossactors-{Guid.NewGuid():N}.db");
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = probe, Pooling = false }.ToString());
            connection.Open();
            connection.Execute("PRAGMA journal_mode = WAL; CREATE TABLE probe (id INTEGER); INSERT INTO probe VALUES (1);");
            return $"SQLite can write in {place}";
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new DatabaseException($"{place}: {e.Message}", e);
        }
        finally
        {
            foreach (var file in (string[])[probe, probe + "-wal", probe + "-shm"])
            {
                File.Delete(file);
            }
        }
    }

    private TurnTakingConnection Connect(SqliteOpenMode mode)
    {
        if (Directory.Exists(Folder.Database))
        {
            throw new DatabaseException($"{Folder.Database} is a folder where the database should be. Move it away, or name another folder with --data-dir.");
        }

        var connection = new TurnTakingConnection(new SqliteConnectionStringBuilder(ConnectionString) { Mode = mode, Pooling = false }.ToString());
        SqlTypes.Register();
        connection.Open();
        return connection;
    }

    // The nearest folder above that exists: nothing is created by looking.
    private static string Existing(string path)
    {
        while (!Directory.Exists(path) && Path.GetDirectoryName(path) is { } parent)
        {
            path = parent;
        }

        return path;
    }

    private T Guarded<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException e)
        {
            throw new DatabaseException(
                e.SqliteErrorCode is 26 or 11
                    ? $"{Folder.Database} is damaged or no SQLite database. Move it away (or restore a copy), or name another folder with --data-dir."
                    : $"{Folder.Database} cannot be opened: {e.Message.ReplaceLineEndings(" ")} Check the folder's permissions and free space.",
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseException($"{Folder.Root} cannot be used: {e.Message} Check its permissions, or name another folder with --data-dir.", e);
        }
    }
}
