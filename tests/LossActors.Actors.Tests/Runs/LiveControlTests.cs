using LossActors.Actors.Control;
using LossActors.Actors.Experiments;
using LossActors.Actors.Hosting;
using LossActors.Actors.Record;
using LossActors.Actors.Runs;
using LossActors.Actors.Tests.Databases;
using LossActors.Evolution.Islands;
using Xunit;

namespace LossActors.Actors.Tests.Runs;

/// <summary>A search that is changed from another shell while it goes on: every change is journaled, survives deaths, and is replayed by verification.</summary>
public abstract class LiveControlTests(SharedPostgres? postgres = null) : SearchTest(postgres)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private Task<AmendmentRow> Amend(Amendment amendment) => new ControlClient(Database).AmendAsync("r1", amendment, s_patience);

    [Fact]
    public async Task IslandsComeCloneWaitAndCloseAndTheBudgetIsMetExactly()
    {
        var node = await SearchNode.StartAsync(Options(Small(evaluations: 600)));
        await Acknowledged(node, 40);
        await WhilePaused(async () =>
        {
            Assert.Equal("add island 3", (await Amend(new Amendment.AddIsland(null, []))).Description);
            Assert.Equal(2, (await Amend(new Amendment.AddIsland(0, [ExperimentOverride.Parse("search.population=6")]))).Number);
            await Amend(new Amendment.PauseIsland(2));
            await Amend(new Amendment.CloseIsland(1));
            await Amend(new Amendment.ResumeIsland(2));
        });
        Assert.Equal("completed", (await Finish(node)).State);

        using var reader = RecordReader.Open(Database);
        var run = reader.Show("r1");
        Assert.Equal((600, 5, 5), (run.Evaluations, run.Islands, run.Amendments.Length));
        var candidates = reader.Candidates("r1");
        Assert.Equal(600, candidates.Select(c => c.Id).Distinct().Count());
        Assert.All(Enumerable.Range(0, 5), island => Assert.Contains(candidates, c => c.Island == island));

        // The clone began with members of island 0, and made its first candidates of them.
        Assert.Contains(reader.Migrants("r1"), m => m is { From: 0, To: 4, Epoch: 0 });
        Assert.DoesNotContain(candidates, c => c is { Island: 4, Birth: 1, Origin: "initial" });
        AssertVerified();
    }

    [Fact]
    public async Task ChangesOutliveTheProcessThatMadeThem()
    {
        var node = await SearchNode.StartAsync(Options(Small(evaluations: 100_000)));
        await Acknowledged(node, 30);
        await Amend(new Amendment.AddIsland(null, []));
        await Amend(new Amendment.Change([ExperimentOverride.Parse("search.variation.point=50")], null));
        await Amend(new Amendment.CloseIsland(0));
        await Abort(node);

        int islands;
        Experiment stored;
        using (var reader = RecordReader.Open(Database))
        {
            (islands, stored) = (reader.Show("r1").Islands, reader.Show("r1").Experiment);
        }

        Assert.Equal(4, islands);
        Assert.Equal([0], stored.Search.Closed);
        var again = await SearchNode.StartAsync(Options(stored, resume: true));
        await Acknowledged(again, 200);
        await Amend(new Amendment.PauseIsland(3));
        again.Stop("enough");
        Assert.Equal("completed", (await Finish(again)).State);

        using var after = RecordReader.Open(Database);
        var candidates = after.Candidates("r1");
        Assert.Contains(candidates, c => c.Island == 3);
        Assert.True(candidates.Count(c => c.Origin == "point") > 50);
        AssertVerified();
    }

    [Fact]
    public async Task IslandsThatDoNotImproveHaveOthersBegin()
    {
        var small = Small(evaluations: 1500);
        small = small with { Search = small.Search with { MostIslands = 6, Island = small.Search.Island with { StagnationAfter = 30, StagnationAction = StagnationAction.Spawn } } };
        await RunToEnd(Options(small));

        using var reader = RecordReader.Open(Database);
        var run = reader.Show("r1");
        Assert.Equal((1500, 6, 3), (run.Evaluations, run.Islands, run.Amendments.Length));
        Assert.All(run.Amendments, a => Assert.Contains("does not improve", a.Description, StringComparison.Ordinal));
        Assert.Contains(reader.Candidates("r1"), c => c.Island == 5);
        AssertVerified();
    }

    [Fact]
    public async Task AnInjectedLossIsTriedOnceOnTheIslandThatIsNamed()
    {
        var node = await SearchNode.StartAsync(Options(Small(evaluations: 100_000)));
        await Acknowledged(node, 10);
        await Amend(new Amendment.Inject("1.5*abs(sub(mul(y, 0.3*f), square(f)))", 2));
        await Acknowledged(node, 200);
        node.Stop("enough");
        await Finish(node);

        using var reader = RecordReader.Open(Database);
        var injected = Assert.Single(reader.Candidates("r1"), c => c.Origin == "injected");
        Assert.Equal(2, injected.Island);
        AssertVerified();
    }

    [Fact]
    public async Task WhatTheLastIslandsLeaveIsSpentByThoseThatHadBeenToldThatThereIsNoMore()
    {
        // The island that is paused mostly sits on a part of the budget when the others have none left; when it is closed, that part is theirs. With or without, the run waits for it.
        var node = await SearchNode.StartAsync(Options(Small(evaluations: 200)));
        await Acknowledged(node, 10);
        await WhilePaused(() => Amend(new Amendment.PauseIsland(1)));
        using var reader = RecordReader.Open(Database);
        for (var (last, idle) = (0, 0); idle < 10; idle = reader.Show("r1").Evaluations is var now && now == last ? idle + 1 : 0, last = now)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Equal("running", reader.StateOf("r1"));
        Assert.InRange(reader.Show("r1").Evaluations, 11, 200);
        await Amend(new Amendment.CloseIsland(1));
        Assert.Equal("completed", (await Finish(node)).State);
        Assert.Equal(200, reader.Show("r1").Evaluations);
        AssertVerified();
    }

    [Fact]
    public async Task WhoeverAsksForWhatMayNotBeIsToldAndNothingIsSent()
    {
        var node = await SearchNode.StartAsync(Options(Small(strict: true, evaluations: 100_000)));
        var refused = await Assert.ThrowsAsync<AmendmentException>(() => Amend(new Amendment.AddIsland(null, [])));
        Assert.Contains("it is strict", refused.Message, StringComparison.Ordinal);
        await node.DisposeAsync();

        var alone = await Assert.ThrowsAsync<AmendmentException>(() => Amend(new Amendment.CloseIsland(0)));
        Assert.Contains("it is strict", alone.Message, StringComparison.Ordinal);
        using var reader = RecordReader.Open(Database);
        Assert.Empty(reader.Amendments("r1"));
    }

    // A short run is not over before all of it has been asked for, however slow the database.
    private async Task WhilePaused(Func<Task> changes)
    {
        var shell = new ControlClient(Database);
        Assert.Equal("paused", await shell.SendAsync("r1", ControlCommand.Pause, s_patience));
        await changes();
        await shell.SendAsync("r1", ControlCommand.Resume, s_patience);
    }
}

public sealed class SqliteLiveControlTests : LiveControlTests;

public sealed class PostgresLiveControlTests(SharedPostgres postgres) : LiveControlTests(postgres);
