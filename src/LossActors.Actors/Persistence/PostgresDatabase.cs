using System.Data.Common;
using Dapper;
using LinqToDB;
using LossActors.Actors.Control;
using LossActors.Actors.Record;
using Npgsql;

namespace LossActors.Actors.Persistence;

/// <summary>A database of a PostgreSQL server, with ownership, status and commands of runs in it too: any machine that reaches it can watch and steer.</summary>
public sealed class PostgresDatabase : Database
{
    private const string Provider = "PostgreSQL.15";

    // Whoever cannot read or write backs off by himself; a breaker that opens would only make all of them miss that the server is back.
    private const string Breaker = "circuit-breaker { max-failures = 1000, reset-timeout = 5s }";

    // The server ends the sessions of a machine that is cut off, or of a process that is frozen, before others take over what it did. By itself it takes hours, and whoever writes what an open
    // transaction has written waits for as long.
    private const string Vigilance =
        "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 -c tcp_user_timeout=11000 -c idle_in_transaction_session_timeout=15000";

    private readonly string _pooled;
    private readonly string _single;
    private readonly string _user;

    /// <param name="folder">The data folder of this machine.</param>
    /// <param name="connectionString">As Npgsql takes it: <c>Host=…;Database=…;Username=…;Password=…</c>.</param>
    /// <exception cref="FormatException">It is none. The message says why and holds nothing of it, for it holds a password.</exception>
    public PostgresDatabase(DataFolder folder, string connectionString)
        : base(folder)
    {
        var connection = Parse(connectionString);
        Name = $"database {connection.Database} on {connection.Host}:{connection.Port}";
        _user = connection.Username ?? Environment.UserName;
        connection.ApplicationName ??= "lossactors";
        connection.Options ??= Vigilance;
        // Neither in logs nor in messages: rows that a statement failed on, and the password.
        connection.IncludeErrorDetail = false;
        connection.PersistSecurityInfo = false;
        _pooled = connection.ToString();
        connection.Pooling = false;
        _single = connection.ToString();
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Place => Name;

    /// <inheritdoc/>
    public override bool Exists => Guarded(() =>
    {
        using var connection = Connect();
        return connection.Query<string>(Dialect.Tables).Any();
    });

    /// <inheritdoc/>
    public override string Absence => $"there are no runs in {Name} yet; start one with `lossactors run{Option}`";

    internal override SqlDialect Dialect => PostgresDialect.Instance;

    internal override PersistencePlugin Plugin => new(Provider, Name, new DataOptions().UseConnectionString(Provider, _pooled), Breaker, Breaker);

    private static SchemaWords Words => new("Name one that is empty in LOSSACTORS_DATABASE, or another schema (Search Path=…)", "another database");

    /// <inheritdoc/>
    public override void Initialise() => Guarded(() =>
    {
        using var connection = Connect();
        if (connection.ExecuteScalar<string?>("SELECT current_schema()") is null)
        {
            throw new DatabaseException($"{Name} has no schema where the search path of user {_user} looks. Create one, or name another with Search Path=….");
        }

        var schema = new RecordSchema(connection, Dialect);
        schema.Check(Name, Words, mayBeNew: true);
        schema.Upgrade();
        // Another user who works with what the first one made need not own it.
        if (!schema.IsThere || connection.ExecuteScalar<bool>("SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('meta')"))
        {
            schema.Make();
        }

        return true;
    });

    /// <inheritdoc/>
    public override DbConnection Open(bool write = false) => Guarded(() =>
    {
        var connection = Connect();
        try
        {
            var schema = new RecordSchema(connection, Dialect);
            schema.Check(Name, Words, mayBeNew: false);
            schema.Upgrade();
            if (!write)
            {
                connection.Execute("SET default_transaction_read_only = on");
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    });

    /// <inheritdoc/>
    public override IRunLock Own(string run) => AdvisoryRunLock.Take(this, run);

    /// <inheritdoc/>
    public override bool IsShared => true;

    /// <inheritdoc/>
    public override IRunLock TakeOver(string run) => AdvisoryRunLock.Take(this, run, isDecided: true);

    /// <inheritdoc/>
    public override bool IsOwned(string run) => Guarded(() =>
    {
        using var connection = Connect(pooled: true);
        return new AdvisoryKey(run).Holder(connection) is not null;
    });

    /// <inheritdoc/>
    public override IRunChannel Channel(string run) => new TableRunChannel(this, run);

    /// <summary>Reaches it, and looks whether it is ours or could become so.</summary>
    public override string Examine() => Guarded(() =>
    {
        using var connection = Connect();
        var server = $"PostgreSQL {connection.PostgreSqlVersion.ToString(2)}, {Name}";
        if (connection.Query<string>(Dialect.Tables).Any())
        {
            using var runs = RecordReader.Open(this);
            return $"{server}, can be read: {runs.List().Count} runs";
        }

        return connection.ExecuteScalar<bool?>("SELECT has_schema_privilege(current_schema(), 'CREATE')") == true
            ? $"{server}, is empty and ready for the first run"
            : throw new DatabaseException($"{Name} is empty, and user {_user} may not create tables there. GRANT CREATE ON SCHEMA public TO \"{_user}\" allows it.");
    });

    /// <summary>Opens a connection, one of its own or one that is returned to those kept open.</summary>
    internal NpgsqlConnection Connect(bool pooled = false)
    {
        SqlTypes.Register();
        var connection = new NpgsqlConnection(pooled ? _pooled : _single);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Does something with it; what the server or the way to it says against that becomes one line.</summary>
    internal T Guarded<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (PostgresTrouble.Explain(e, Name, _user) is { } line)
        {
            throw new DatabaseException(line, e);
        }
    }

    private static NpgsqlConnectionStringBuilder Parse(string text)
    {
        NpgsqlConnectionStringBuilder connection;
        try
        {
            connection = new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            // What is wrong with it may be a part of the password.
            throw new FormatException(text.Contains("://", StringComparison.Ordinal)
                ? "is a URI; write it as Host=…;Database=…;Username=…;Password=…"
                : "is no connection string; write Host=…;Database=…;Username=…;Password=…, a value with ; or = in it between quotes");
        }

        return string.IsNullOrWhiteSpace(connection.Host) ? throw new FormatException("names no Host")
            : string.IsNullOrWhiteSpace(connection.Database) ? throw new FormatException("names no Database")
            : connection;
    }
}
