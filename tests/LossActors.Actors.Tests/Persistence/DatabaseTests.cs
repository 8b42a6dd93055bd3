using System.IO.Compression;
using LossActors.Actors.Persistence;
using LossActors.Actors.Record;
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

        AssertOneLine("no SQLite database", Assert.Throws<DatabaseException>(() => _folder.Database.Initialise()));
        AssertOneLine("no SQLite database", Assert.Throws<DatabaseException>(() => _folder.Database.Open()));
        Assert.Equal(garbage, File.ReadAllBytes(_folder.Data.Database));
    }

    [Fact]
    public void AForeignDatabaseIsRefused()
    {
        Directory.CreateDirectory(_folder.Data.Root);
        Execute("CREATE TABLE theirs (x)");

        AssertOneLine("not a LossActors database", Assert.Throws<DatabaseException>(() => _folder.Database.Initialise()));
    }

    [Fact]
    public void ADatabaseOfANewerVersionIsRefused()
    {
        _folder.Database.Initialise();
        Execute("UPDATE meta SET value = '999'");

        AssertOneLine("schema version 999", Assert.Throws<DatabaseException>(() => _folder.Database.Initialise()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ADatabaseOfTheFirstVersionIsBroughtUpToDateByWhoeverOpensIt(bool reader)
    {
        Directory.CreateDirectory(_folder.Data.Root);
        using (var old = new GZipStream(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Golden", "database-1.db.gz")), CompressionMode.Decompress))
        using (var copy = File.Create(_folder.Data.Database))
        {
            old.CopyTo(copy);
        }

        if (reader)
        {
            _folder.Database.Open().Dispose();
        }
        else
        {
            _folder.Database.Initialise();
        }

        using var record = RecordReader.Open(_folder.Database);
        var run = Assert.Single(record.List());
        var refinements = record.Refinements(run.Run);
        Assert.Equal(2, refinements.Count);
        Assert.All(refinements, r => Assert.Null(r.ErrorBefore));
        Assert.Equal((0, 0), (run.SavedSteps, run.RefinementSteps));
        Assert.All(record.Candidates(run.Run).Where(c => c.Verdict == "trained"), c => Assert.Equal(c.TrainedSteps, c.FitnessSteps));
        _folder.Database.Initialise();
    }

    [Fact]
    public void ReadingWhereThereIsNoDatabaseMakesNone()
    {
        AssertOneLine("No runs in", Assert.Throws<DatabaseException>(() => _folder.Database.Open()));
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
