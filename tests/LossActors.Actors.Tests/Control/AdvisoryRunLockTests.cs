using Dapper;
using LossActors.Actors.Control;
using LossActors.Actors.Hosting;
using LossActors.Actors.Persistence;
using LossActors.Actors.Runs;
using LossActors.Actors.Tests.Databases;
using LossActors.Actors.Tests.Runs;
using Npgsql;
using Xunit;

namespace LossActors.Actors.Tests.Control;

public sealed class AdvisoryRunLockTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder;

    public AdvisoryRunLockTests(SharedPostgres postgres)
    {
        _folder = new TempFolder(postgres.Server);
        Database.Initialise();
    }

    private PostgresDatabase Database => (PostgresDatabase)_folder.Database;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ARunHasOneOwnerUntilThatLetsGo()
    {
        Assert.False(Database.IsOwned("r1"));
        using (Database.Own("r1"))
        {
            Assert.True(Database.IsOwned("r1"));
            Assert.False(Database.IsOwned("r2"));
            var refused = Assert.Throws<RunOwnedException>(() => Database.Own("r1"));
            Assert.Contains("r1 is being worked on by another process", refused.Message, StringComparison.Ordinal);
            Database.Own("r2").Dispose();
        }

        Assert.False(Database.IsOwned("r1"));
        Database.Own("r1").Dispose();
    }

    [Fact]
    public async Task ALockWhoseSessionEndsIsTakenAgain()
    {
        using var held = Database.Own("r1");
        using var other = Database.Connect();
        var session = new AdvisoryKey("r1").Holder(other)!;

        other.Execute("SELECT pg_terminate_backend(@Pid)", new { session.Pid });

        using var patience = new CancellationTokenSource(s_patience);
        while (new AdvisoryKey("r1").Holder(other) is not { } holder || holder == session)
        {
            await Task.Delay(20, patience.Token);
        }

        Assert.False(held.Lost.IsCompleted);
        Assert.Throws<RunOwnedException>(() => Database.Own("r1"));
    }

    [Fact]
    public async Task WhoFindsHisRunTakenOverIsTold()
    {
        var held = Database.Own("r1");
        using var rival = await TakeOver();
        var why = await held.Lost.WaitAsync(s_patience, TestContext.Current.CancellationToken);

        Assert.Contains("another process took over run r1", why, StringComparison.Ordinal);
        held.Dispose();
        Assert.True(Database.IsOwned("r1"));
    }

    [Fact]
    public async Task ASearchThatWasTakenOverStopsAndCanBeGoneOnWith()
    {
        SearchNodeOptions Options(bool resume) => new()
        {
            Folder = _folder.Data,
            Database = Database,
            Run = "r1",
            Experiment = SearchTest.Small(evaluations: resume ? 30_000 : 20_000),
            Resume = resume,
            Workplace = new SyntheticWorkplace(slots: 1),
            Inspect = _ => new TaskFacts("data", "error-rate"),
        };
        var node = await SearchNode.StartAsync(Options(resume: false), TestContext.Current.CancellationToken);
        RunOutcome outcome;
        using (await TakeOver())
        {
            outcome = await node.Completion.WaitAsync(s_patience, TestContext.Current.CancellationToken);
            Assert.True(node.System.WhenTerminated.IsCompleted);
            await node.DisposeAsync();
            Assert.True(Database.IsOwned("r1"));
        }

        Assert.Equal("interrupted", outcome.State);
        Assert.Contains("took over run r1", outcome.Reason, StringComparison.Ordinal);
        await using var next = await SearchNode.StartAsync(Options(resume: true), TestContext.Current.CancellationToken);
        next.Cancel();
        Assert.Equal("cancelled", (await next.Completion.WaitAsync(s_patience, TestContext.Current.CancellationToken)).State);
    }

    // Ends the owner's session when somebody else stands in line for its lock already.
    private async Task<NpgsqlConnection> TakeOver()
    {
        using var other = Database.Connect();
        var session = new AdvisoryKey("r1").Holder(other)!;
        var rival = Database.Connect();
        var key = new AdvisoryKey("r1").Value;
        var taken = rival.ExecuteAsync("SELECT pg_advisory_lock(@key)", new { key });
        while (other.ExecuteScalar<long>("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())") == 0)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        other.Execute("SELECT pg_terminate_backend(@Pid)", new { session.Pid });

        await taken.WaitAsync(s_patience, TestContext.Current.CancellationToken);
        return rival;
    }
}
