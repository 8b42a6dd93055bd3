using System.Collections.Immutable;
using Akka.Actor;
using Akka.Hosting;
using Dapper;
using LossActors.Actors.Control;
using LossActors.Actors.Experiments;
using LossActors.Actors.Hosting;
using LossActors.Actors.Persistence;
using LossActors.Actors.Record;
using LossActors.Actors.Runs;
using LossActors.Actors.Tests.Databases;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Migration;
using LossActors.Expressions;
using Xunit;

namespace LossActors.Actors.Tests.Runs;

public abstract class SearchTests(SharedPostgres? postgres = null) : SearchTest(postgres)
{
    [Fact]
    public async Task ARunMeetsItsBudgetExactlyWithOneVerdictPerBirth()
    {
        var node = await SearchNode.StartAsync(Options(Small()));
        var acknowledged = await Acknowledged(node, 60);
        var outcome = await Finish(node);

        using var reader = RecordReader.Open(Database);
        var run = reader.Show("r1");
        var candidates = reader.Candidates("r1");
        Assert.Equal(("completed", 60, 60), (run.State, run.Evaluations, candidates.Count));
        Assert.Equal(60, acknowledged.Distinct().Count());
        foreach (var island in candidates.GroupBy(c => c.Island))
        {
            Assert.Equal(Enumerable.Range(1, island.Count()), island.Select(c => c.Birth).Order());
        }

        Assert.InRange(run.HallOfFame.Length, 1, 3);
        Assert.Equal(run.HallOfFame.Length, outcome.Losses);
        Assert.All(run.HallOfFame, h => Assert.Equal(2, h.Replicates.Length));
        Assert.All(run.HallOfFame.Zip(run.HallOfFame.Skip(1)), pair => Assert.True(pair.Item1.Complexity > pair.Item2.Complexity && pair.Item1.Fitness < pair.Item2.Fitness));
        Assert.NotNull(run.Baseline);
        Assert.Contains(candidates, c => c.Origin == "refinement");
        Assert.All(candidates.Where(c => c.Verdict == "trained"), c => Assert.Equal("pid 1 slot 0 cpu", c.Worker));
    }

    [Fact]
    public async Task RunsThatStartAtOnceOnOneDatabaseDoNotDisturbEachOther()
    {
        await Task.WhenAll(Enumerable.Range(1, 4).Select(i => Task.Run(() => RunToEnd(Options(Small(evaluations: 12), $"r{i}")))));

        using var reader = RecordReader.Open(Database);
        Assert.Equal([12, 12, 12, 12], reader.List().Select(run => run.Evaluations));
    }

    [Fact]
    public async Task InStrictModeSlotsAndInterruptionsChangeNothing()
    {
        var expected = await RunToEnd(Options(Small(strict: true, racing: true), "one", slots: 1));
        Assert.Equal(expected, await RunToEnd(Options(Small(strict: true, racing: true), "two", slots: 2)));
        using (var reader = RecordReader.Open(Database))
        {
            Assert.Equal([0, 1, 2], reader.Migrants("two").Select(m => m.To).Distinct().Order());
            Assert.Contains(reader.Candidates("two"), c => c.Verdict == "stopped");
        }

        for (var cut = 5; cut < 60; cut += 17)
        {
            var node = await SearchNode.StartAsync(Options(Small(strict: true, racing: true), "cut", resume: cut > 5));
            await Acknowledged(node, 13);
            await Abort(node);
        }

        Assert.Equal(expected, await RunToEnd(Options(Small(strict: true, racing: true), "cut", resume: true)));
    }

    [Theory]
    [InlineData("star", MigrationHandling.Preserve, MigrantReplacement.Fair)]
    [InlineData("torus", MigrationHandling.Evict, MigrantReplacement.Oldest)]
    [InlineData("graph", MigrationHandling.Evict, MigrantReplacement.Worst)]
    public async Task IslandsThatDifferMigrateAndRestartTheSameWhateverTheTimingAndTheRecordAgrees(string topology, MigrationHandling handling, MigrantReplacement replacement)
    {
        var small = Small(strict: true, evaluations: 120, racing: true);
        var common = small.Search.Island with { MigrationHandling = handling, MigrantReplacement = replacement, StagnationAfter = 10, StagnationKeep = StagnationKeep.Nothing, Population = 6 };
        ImmutableArray<Primitive> own = [Primitive.Y, Primitive.F, Primitive.Sub, Primitive.Mul, Primitive.Log, Primitive.Tanh];
        var experiment = small with
        {
            Search = small.Search with
            {
                Topology = topology, Graph = topology == "graph" ? [new(0, 1, 0.7), new(1, 2), new(2, 0, 0.5)] : [], Island = common,
                Overrides = [IslandOverride.Of(common with { Primitives = own, Population = 9 }, [1], 2)],
            },
        };

        var expected = await RunToEnd(Options(experiment, "one", slots: 1));
        var node = await SearchNode.StartAsync(Options(experiment, "cut", slots: 3));
        await Acknowledged(node, 50);
        await Abort(node);
        Assert.Equal(expected, await RunToEnd(Options(experiment, "cut", slots: 2, resume: true)));

        var verified = RunVerifier.Verify(Database, "cut");
        Assert.Empty(verified.Differences);
        using var reader = RecordReader.Open(Database);
        Assert.Equal([(0, 30), (1, 60), (2, 30)], reader.Candidates("cut").GroupBy(c => c.Island).Select(g => (g.Key, g.Count())).Order());
        Assert.All(reader.Migrants("cut"), m => Assert.Equal(m.From, CandidateId.Parse(m.Candidate).Island));
        Assert.NotEmpty(reader.Migrants("cut"));
        using var db = Database.Open();
        Assert.Equal(Resets("one"), Resets("cut"));
        Assert.NotEmpty(Resets("cut"));

        List<(long Island, long Birth, string Kept)> Resets(string run) =>
            db.Query<(long Island, long Birth, string Kept)>("SELECT island, birth, kept FROM resets WHERE run = @run ORDER BY island, birth", new { run }).AsList();
    }

    [Fact]
    public async Task NothingAcknowledgedIsLostAndNothingCountsTwiceWhereverARunIsCut()
    {
        var acknowledged = new List<string>();
        foreach (var count in (int[])[1, 9, 14, 3, 11])
        {
            var node = await SearchNode.StartAsync(Options(Small(), resume: acknowledged.Count > 0));
            acknowledged.AddRange(await Acknowledged(node, count));
            await Abort(node);
        }

        await RunToEnd(Options(Small(), resume: true));

        using var reader = RecordReader.Open(Database);
        var ids = reader.Candidates("r1").Select(c => c.Id).ToList();
        Assert.Equal(60, ids.Count);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Empty(acknowledged.Except(ids));
        Assert.Equal(acknowledged.Count, acknowledged.Distinct().Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ARunCanBeReDerivedFromItsRecordAndAForgeryIsSeen(bool strict)
    {
        var node = await SearchNode.StartAsync(Options(Small(strict, evaluations: 200, racing: true)) with { Workplace = new SyntheticWorkplace(slots: 3, jobs: 130) });
        await Acknowledged(node, 20);
        await Abort(node);
        var cut = RunVerifier.Verify(Database, "r1");
        Assert.Empty(cut.Differences);
        Assert.False(cut.IsComplete);
        await RunToEnd(Options(Small(strict, evaluations: 200, racing: true), resume: true));

        var sound = RunVerifier.Verify(Database, "r1");
        Assert.Empty(sound.Differences);
        Assert.True(sound is { Agrees: true, IsComplete: true, Checked: > 200 });

        using (var db = Database.Open(write: true))
        using (var command = db.CreateCommand())
        {
            command.CommandText = "UPDATE replicates SET fitness = 0.001 WHERE fresh = 1 AND candidate = (SELECT candidate FROM hall_of_fame WHERE fitness IS NOT NULL ORDER BY rank DESC LIMIT 1)";
            command.ExecuteNonQuery();
        }

        Assert.Contains(RunVerifier.Verify(Database, "r1").Differences, d => d.StartsWith("rank ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ACompletedRunGoesOnWhenItsBudgetIsRaised()
    {
        await RunToEnd(Options(Small()));
        await RunToEnd(Options(Small(evaluations: 90), resume: true));

        using var reader = RecordReader.Open(Database);
        Assert.Equal((90, 90), (reader.Show("r1").Evaluations, reader.Show("r1").Budget));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AStoppedRunFinishesWhatWasProposedAndIsComplete(bool strict)
    {
        var node = await SearchNode.StartAsync(Options(Small(strict, evaluations: 5000)));
        await Acknowledged(node, 10);
        node.Stop("enough");
        var outcome = await Finish(node);

        Assert.Equal(("completed", "enough"), (outcome.State, outcome.Reason));
        using var reader = RecordReader.Open(Database);
        var stopped = reader.Show("r1");
        Assert.InRange(stopped.Evaluations, 10, 500);
        Assert.NotEmpty(stopped.HallOfFame);

    }

    [Fact]
    public async Task BirthsTakenBackByAStopAreSpentWhenTheBudgetIsRaised()
    {
        var node = await SearchNode.StartAsync(Options(Small(evaluations: 120)));
        await Acknowledged(node, 5);
        node.Stop("enough");
        await Finish(node);
        await RunToEnd(Options(Small(evaluations: 130), resume: true));

        using var reader = RecordReader.Open(Database);
        Assert.Equal(130, reader.Show("r1").Evaluations);
    }

    [Fact]
    public async Task ATimeLimitStopsARun()
    {
        var experiment = Small(evaluations: 100000);
        var node = await SearchNode.StartAsync(Options(experiment with { Search = experiment.Search with { Time = TimeSpan.FromSeconds(0.6) } }));
        var outcome = await Finish(node);

        Assert.Equal("completed", outcome.State);
        Assert.Contains("time limit", outcome.Reason);
    }

    [Fact]
    public async Task ARunThatItsTimeLimitEndedGoesOnWithALongerOneAndKeepsIt()
    {
        var experiment = Small(evaluations: 800);
        Experiment Limited(double seconds) => experiment with { Search = experiment.Search with { Time = TimeSpan.FromSeconds(seconds) } };
        var node = await SearchNode.StartAsync(Options(Limited(1e-3)));
        Assert.Contains("time limit", (await Finish(node)).Reason);
        using var reader = RecordReader.Open(Database);
        var ended = reader.Show("r1");
        Assert.InRange(ended.Evaluations, 0, 799);
        Assert.False(ResumeCheck.Reopens(ended, Limited(1e-3)));
        Assert.False(ResumeCheck.Reopens(ended, Limited(ended.ElapsedSeconds - 1e-3)));
        Assert.True(ResumeCheck.Reopens(ended, Limited(3600)));

        await RunToEnd(Options(Limited(3600), resume: true));

        var whole = reader.Show("r1");
        Assert.Equal((800, TimeSpan.FromHours(1)), (whole.Evaluations, whole.Experiment.Search.Time));
        Assert.True(whole.ElapsedSeconds > ended.ElapsedSeconds);
        Assert.False(ResumeCheck.Reopens(whole, Limited(7200)));
        Assert.Empty(RunVerifier.Verify(Database, "r1").Differences);
    }

    [Fact]
    public async Task EachStateIsToldOnce()
    {
        var node = await SearchNode.StartAsync(Options(Small()));
        await Finish(node);
        await node.DisposeAsync();
        var states = new List<string>();
        await foreach (var progress in node.Progress.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            states.AddRange(progress is SearchProgress.StateChanged changed ? [changed.State] : []);
        }

        Assert.Equal(("running", "completed"), (states[0], states[^1]));
        Assert.Equal(states.Distinct(), states);
    }

    [Fact]
    public async Task AnotherShellPausesResumesAndCancelsARun()
    {
        var node = await SearchNode.StartAsync(Options(Small(evaluations: 100000)));
        var shell = new ControlClient(Database);
        using var reader = RecordReader.Open(Database);

        Assert.Equal("paused", await shell.SendAsync("r1", ControlCommand.Pause, TimeSpan.FromSeconds(20)));
        Assert.Equal("running", await shell.SendAsync("r1", ControlCommand.Resume, TimeSpan.FromSeconds(20)));
        Assert.NotEmpty(await Acknowledged(node, 1));
        Assert.Equal("cancelled", await shell.SendAsync("r1", ControlCommand.Cancel, TimeSpan.FromSeconds(20)));
        Assert.Equal("cancelled", (await Finish(node)).State);

        var refused = await Assert.ThrowsAsync<ControlException>(() => shell.SendAsync("r1", ControlCommand.Pause, TimeSpan.FromSeconds(1)));
        Assert.Contains("No process works on run r1", refused.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ARunThatNobodyWorksOnIsCancelledThroughItsOwnJournal(bool paused)
    {
        var node = await SearchNode.StartAsync(Options(Small(evaluations: 100000)));
        await Acknowledged(node, 5);
        if (paused)
        {
            await new ControlClient(Database).SendAsync("r1", ControlCommand.Pause, TimeSpan.FromSeconds(20));
        }

        await Abort(node);
        using var reader = RecordReader.Open(Database);
        var evaluations = reader.Show("r1").Evaluations;
        Assert.Equal(paused ? "paused" : "interrupted", reader.StateOf("r1"));
        var refused = await Assert.ThrowsAsync<ControlException>(() => new ControlClient(Database).SendAsync("r1", ControlCommand.Stop, TimeSpan.FromSeconds(1)));
        Assert.Contains("`lossactors resume r1` goes on with it, `lossactors cancel r1` ends it", refused.Message);

        Assert.Equal("cancelled", await AbandonedRun.CancelAsync(Database, "r1", TimeProvider.System, TestContext.Current.CancellationToken));

        Assert.Equal(("cancelled", "cancelled"), (reader.StateOf("r1"), reader.JournaledStateOf("r1")));
        Assert.InRange(reader.Show("r1").Evaluations, evaluations, 99999);
        Assert.False(Database.IsOwned("r1"));
        Assert.Equal("cancelled", (await Finish(await SearchNode.StartAsync(Options(Small(evaluations: 100000), resume: true)))).State);
    }

    [Fact]
    public async Task APausedRunOutlivesItsProcessAndGoesOn()
    {
        var node = await SearchNode.StartAsync(Options(Small(evaluations: 400)));
        await Acknowledged(node, 5);
        await new ControlClient(Database).SendAsync("r1", ControlCommand.Pause, TimeSpan.FromSeconds(20));
        await Abort(node);
        using var reader = RecordReader.Open(Database);
        Assert.Equal("paused", reader.StateOf("r1"));

        await RunToEnd(Options(Small(evaluations: 400), resume: true));

        Assert.Equal(400, reader.Show("r1").Evaluations);
    }

    [Fact]
    public async Task AStartThatFailsLeavesNothingBehind()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => SearchNode.StartAsync(Options(Small()) with { Workplace = new ClosedWorkplace() }));

        Assert.False(Directory.Exists(Folder.Data.Root));
    }

    private sealed class ClosedWorkplace : IWorkplace
    {
        public void Configure(AkkaConfigurationBuilder builder, SearchNodeOptions options, string dataHash) =>
            builder.AddHocon("akka { loggers = [], stdout-loglevel = OFF }", HoconAddMode.Prepend);

        public IActorRef Broker(ActorSystem system) => throw new InvalidOperationException("closed today");
    }

    [Fact]
    public async Task AnInterruptedRunIsShownAsSuchAndItsEvaluatorsAreGone()
    {
        var node = await SearchNode.StartAsync(Options(Small(evaluations: 100000)));
        await Acknowledged(node, 5);
        using var reader = RecordReader.Open(Database);
        Assert.Equal("running", reader.StateOf("r1"));

        await node.InterruptAsync();

        Assert.Equal("interrupted", (await node.Completion).State);
        Assert.Equal("interrupted", reader.StateOf("r1"));
        Assert.Empty(reader.Show("r1").Evaluators);
    }

    [Fact]
    public async Task ResumingWithOtherSettingsIsRefusedNamingThem()
    {
        await RunToEnd(Options(Small(evaluations: 12)));
        var other = Small(evaluations: 6);
        other = other with { Search = other.Search with { Island = other.Search.Island with { Seed = 8 } }, Protocol = other.Protocol with { Replicates = 3 } };

        var refused = await Assert.ThrowsAsync<ResumeRefusedException>(() => SearchNode.StartAsync(Options(other, resume: true, hash: "changed")));

        Assert.Equal(4, refused.Differences.Length);
        Assert.Contains("search.seed is 8, was 7", refused.Message);
        Assert.Contains("evaluation.replicates is 3, was 1", refused.Message);
        Assert.Contains("hash is changed, was data", refused.Message);
        Assert.Contains("less than the 12", refused.Message);
        Assert.False(Database.IsOwned("r1"));
    }

    [Fact]
    public async Task OnlyOneProcessOwnsARun()
    {
        var node = await SearchNode.StartAsync(Options(Small(evaluations: 100000)));
        await Assert.ThrowsAsync<RunOwnedException>(() => SearchNode.StartAsync(Options(Small(evaluations: 100000), resume: true)));
        await node.DisposeAsync();
    }
}
