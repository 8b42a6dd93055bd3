using System.Data.Common;
using System.Globalization;
using Dapper;
using LossActors.Actors.Persistence;

namespace LossActors.Actors.Record;

/// <summary>What to do about a schema that is not as it should be.</summary>
/// <param name="NotOurs">Where other things are in the way.</param>
/// <param name="Elsewhere">Where else a newer one's user may go.</param>
internal sealed record SchemaWords(string NotOurs, string Elsewhere);

/// <summary>The tables and views of the record in a database: what makes it ours, how they are made and brought up to date.</summary>
/// <param name="connection">To the database.</param>
/// <param name="dialect">What it speaks.</param>
internal sealed class RecordSchema(DbConnection connection, SqlDialect dialect)
{
    /// <summary>Whether it has been made.</summary>
    public bool IsThere => Version() > 0;

    /// <summary>Throws if the database is not ours, or of a version that this build does not know.</summary>
    /// <param name="name">The database, for messages.</param>
    /// <param name="words">What to do about it.</param>
    /// <param name="mayBeNew">Whether it may be empty.</param>
    public void Check(string name, SchemaWords words, bool mayBeNew)
    {
        var tables = connection.Query<string>(dialect.Tables).ToHashSet(StringComparer.Ordinal);
        if (tables.Count == 0 && mayBeNew)
        {
            return;
        }

        if (!tables.Contains("meta"))
        {
            throw new DatabaseException($"{name} is not a LossActors database. {words.NotOurs}.");
        }

        var version = Version();
        if (version is < 1 or > Database.SchemaVersion)
        {
            throw new DatabaseException(
                $"{name} has schema version {version}; this is LossActors for version {Database.SchemaVersion}. Use the LossActors that wrote it, or {words.Elsewhere}.");
        }
    }

    /// <summary>Step by step, each in one transaction that looks again: another process may be doing the same.</summary>
    public void Upgrade()
    {
        for (var next = Version() + 1; next is > 1 and <= Database.SchemaVersion; next++)
        {
            using var transaction = Begin();
            if (Version() < next)
            {
                connection.Execute(Script($"upgrade-{next}"), transaction: transaction);
                if (next == Database.SchemaVersion)
                {
                    // What the way here dropped.
                    connection.Execute(Script("record"), transaction: transaction);
                }
            }

            transaction.Commit();
        }
    }

    /// <summary>Makes whatever is missing.</summary>
    public void Make()
    {
        using var transaction = Begin();
        foreach (var script in dialect.Scripts)
        {
            connection.Execute(Script(script), transaction: transaction);
        }

        connection.Execute(
            "INSERT INTO meta(key, value) VALUES ('schema_version', @version) ON CONFLICT DO NOTHING",
            new { version = Database.SchemaVersion.ToString(CultureInfo.InvariantCulture) },
            transaction);
        transaction.Commit();
    }

    private DbTransaction Begin()
    {
        var transaction = connection.BeginTransaction();
        if (dialect.LockSchema is { } statement)
        {
            connection.Execute(statement, transaction: transaction);
        }

        return transaction;
    }

    // 0: an empty database.
    private int Version() => connection.Query<string>(dialect.Tables).Contains("meta", StringComparer.Ordinal)
        ? connection.ExecuteScalar<int>("SELECT value FROM meta WHERE key = 'schema_version'")
        : 0;

    private string Script(string name)
    {
        using var stream = typeof(RecordSchema).Assembly.GetManifestResourceStream($"LossActors.Actors.Record.{name}.sql")!;
        using var reader = new StreamReader(stream);
        return dialect.Translate(reader.ReadToEnd());
    }
}
