using Dapper;
using LossActors.Actors.Persistence;
using LossActors.Actors.Record;
using LossActors.Actors.Tests.Databases;
using Npgsql;
using Xunit;

namespace LossActors.Actors.Tests.Persistence;

public sealed class PostgresDatabaseTests(SharedPostgres postgres)
{
    private static readonly DataFolder s_folder = new(Path.Combine(Path.GetTempPath(), "lossactors-nowhere"));

    private readonly PostgresServer _server = postgres.Server;

    [Fact]
    public void AnEmptyDatabaseBecomesOursHoweverManyBeginAtOnce()
    {
        var text = _server.CreateDatabase();
        Assert.False(Database(text).Exists);
        Assert.Contains("is empty and ready", Database(text).Examine(), StringComparison.Ordinal);

        Parallel.For(0, 4, _ => Database(text).Initialise());

        Assert.True(Database(text).Exists);
        using var reader = RecordReader.Open(Database(text));
        Assert.Empty(reader.List());
        Assert.Contains("can be read: 0 runs", Database(text).Examine(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(s_folder.Root));
    }

    [Fact]
    public void WhoOpensItToReadCannotWrite()
    {
        var database = Database(_server.CreateDatabase());
        database.Initialise();
        using var connection = database.Open();
        Assert.Equal(PostgresErrorCodes.ReadOnlySqlTransaction, Assert.Throws<PostgresException>(() => connection.Execute("DELETE FROM meta")).SqlState);
    }

    [Theory]
    [InlineData("Password={0}", "Password=wrong-{0}", "does not let user postgres in")]
    [InlineData("Database=", "Database=no_", "does not exist")]
    [InlineData("Port=", "Port=1;Cancellation Timeout=", "cannot be reached")]
    [InlineData("Host=127.0.0.1", "Host=nowhere.invalid", "cannot be reached")]
    public void WhatKeepsUsOutIsOneLineWithoutThePassword(string instead, string of, string expected)
    {
        var text = _server.CreateDatabase();
        var wrong = text.Replace(string.Format(null, instead, _server.Password), string.Format(null, of, _server.Password), StringComparison.Ordinal);
        Assert.NotEqual(text, wrong);

        foreach (var use in (Action<PostgresDatabase>[])[d => d.Initialise(), d => d.Open(), d => _ = d.Exists, d => d.Examine(), d => d.Own("r1"), d => d.IsOwned("r1")])
        {
            AssertOneLine(expected, Assert.Throws<DatabaseException>(() => use(Database(wrong))));
        }
    }

    [Fact]
    public void OthersTablesAreRefusedAndLeftAlone()
    {
        var text = _server.CreateDatabase();
        Execute(text, "CREATE TABLE theirs (x int)");

        AssertOneLine("is not a LossActors database", Assert.Throws<DatabaseException>(() => Database(text).Initialise()));
        AssertOneLine("is not a LossActors database", Assert.Throws<DatabaseException>(() => Database(text).Open()));

        Execute(text, "CREATE TABLE meta (theirs int)");
        AssertOneLine("not LossActors' own", Assert.Throws<DatabaseException>(() => Database(text).Initialise()));
    }

    [Fact]
    public void ANewerVersionIsRefused()
    {
        var text = _server.CreateDatabase();
        Database(text).Initialise();
        Execute(text, "UPDATE meta SET value = '999'");

        AssertOneLine("has schema version 999", Assert.Throws<DatabaseException>(() => Database(text).Open()));
    }

    [Fact]
    public void AUserWhoMayMakeNoTablesIsTold()
    {
        var text = _server.CreateDatabase();
        var user = $"guest_{Guid.NewGuid():N}";
        Execute(text, $"CREATE ROLE {user} LOGIN PASSWORD '{_server.Password}'");
        var guest = Database(text.Replace("Username=postgres", $"Username={user}", StringComparison.Ordinal));

        AssertOneLine("may not create tables", Assert.Throws<DatabaseException>(() => guest.Examine()));
        AssertOneLine($"user {user} may not", Assert.Throws<DatabaseException>(() => guest.Initialise()));
    }

    private static PostgresDatabase Database(string connectionString) => new(s_folder, connectionString);

    private static void Execute(string text, string sql)
    {
        using var connection = new NpgsqlConnection(text + ";Pooling=false");
        connection.Execute(sql);
    }

    private void AssertOneLine(string expected, DatabaseException e)
    {
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
        Assert.DoesNotContain(_server.Password, e.ToString(), StringComparison.Ordinal);
    }
}
