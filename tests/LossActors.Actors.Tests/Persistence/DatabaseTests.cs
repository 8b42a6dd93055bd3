using LossActors.Actors.Persistence;
using Microsoft.Data.Sqlite;
using Xunit;

namespace LossActors.Actors.Tests.Persistence;

public sealed class DatabaseTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AnUnreadableDatabaseIsRefusedInOneLineAndLeftAlone()
    {
        Directory.CreateDirectory(_folder.Data.Root);
        var garbage = Enumerable.Range(0, 4096).Select(i => (byte)(i * 31)).ToArray();
        File.WriteAllBytes(_folder.Data.Database, garbage);

        AssertOneLine("no SQLite database", Assert.Throws<DatabaseException>(() => Database.Initialise(_folder.Data)));
        AssertOneLine("no SQLite database", Assert.Throws<DatabaseException>(() => Database.Open(_folder.Data)));
        Assert.Equal(garbage, File.ReadAllBytes(_folder.Data.Database));
    }

    [Fact]
    public void AForeignDatabaseIsRefused()
    {
        Directory.CreateDirectory(_folder.Data.Root);
        Execute("CREATE TABLE theirs (x)");

        AssertOneLine("not a LossActors database", Assert.Throws<DatabaseException>(() => Database.Initialise(_folder.Data)));
    }

    [Fact]
    public void ADatabaseOfANewerVersionIsRefused()
    {
        Database.Initialise(_folder.Data);
        Execute("UPDATE meta SET value = '2'");

        AssertOneLine("schema version 2", Assert.Throws<DatabaseException>(() => Database.Initialise(_folder.Data)));
    }

    [Fact]
    public void ReadingWhereThereIsNoDatabaseMakesNone()
    {
        AssertOneLine("No runs in", Assert.Throws<DatabaseException>(() => Database.Open(_folder.Data)));
        Assert.False(Directory.Exists(_folder.Data.Root));
    }

    private static void AssertOneLine(string expected, DatabaseException e)
    {
        Assert.Contains(expected, e.Message);
        Assert.DoesNotContain('\n', e.Message);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _folder.Data.Database, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
