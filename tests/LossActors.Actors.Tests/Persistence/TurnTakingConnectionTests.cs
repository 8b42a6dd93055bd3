using Dapper;
using LossActors.Actors.Persistence;
using Xunit;

namespace LossActors.Actors.Tests.Persistence;

public sealed class TurnTakingConnectionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public TurnTakingConnectionTests() => _folder.Database.Initialise();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ATransactionWaitsForTheOneBeforeItHoweverThatEnds()
    {
        using var one = _folder.Database.Open(write: true);
        using var other = _folder.Database.Open(write: true);
        foreach (var commits in new[] { true, false })
        {
            var first = one.BeginTransaction();
            one.Execute("UPDATE meta SET value = value", transaction: first);

            var second = Task.Factory.StartNew(other.BeginTransaction, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            Assert.False(second.IsCompleted);
            if (commits)
            {
                first.Commit();
            }

            first.Dispose();
            using var begun = await second;
            other.Execute("UPDATE meta SET value = value", transaction: begun);
        }
    }

    [Fact]
    public void AConnectionThatIsClosedInTheMiddleOrCannotBeginLeavesTheTurnToOthers()
    {
        var closed = _folder.Database.Open(write: true);
        closed.BeginTransaction();
        closed.Dispose();
        using var broken = new TurnTakingConnection(new SqliteDatabase(_folder.Data).ConnectionString);
        Assert.Throws<InvalidOperationException>(() => broken.BeginTransaction());

        using var next = _folder.Database.Open(write: true);
        using var transaction = next.BeginTransaction();
        Assert.Equal(1, next.Execute("UPDATE meta SET value = value WHERE key = 'schema_version'", transaction: transaction));
    }
}
