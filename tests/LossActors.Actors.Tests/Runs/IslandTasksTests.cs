using LossActors.Actors.Control;
using LossActors.Actors.Experiments;
using LossActors.Actors.Hosting;
using LossActors.Actors.Record;
using LossActors.Actors.Runs;
using LossActors.Actors.Tests.Databases;
using LossActors.Evolution.Evaluation;
using Xunit;

namespace LossActors.Actors.Tests.Runs;

/// <summary>Islands that measure on different tasks: what passes between them is measured anew, what is compared at the end was measured on all.</summary>
public abstract class IslandTasksTests(SharedPostgres? postgres = null) : SearchTest(postgres)
{
    // Islands 0 and 1 on the main task of a hundred steps, island 2 on another one of forty.
    private static Experiment Different(bool strict)
    {
        var small = Small(strict, evaluations: 300);
        var (main, other) = (small.Search.Island with { Tasks = TaskSet.Of([0]) }, small.Search.Island with { Tasks = TaskSet.Of([1]) });
        return small with
        {
            Protocol = small.Protocol with { Training = new() { Steps = 100 }, FurtherTasks = [new() { Task = new() { Dataset = "diabetes" }, Network = new(), Training = new() { Steps = 40 } }] },
            Search = small.Search with { Finalists = 6, Overrides = [IslandOverride.Of(main, [0, 1], 1), IslandOverride.Of(other, [2], 1)] },
        };
    }

    [Fact]
    public async Task MigrantsAreBornAgainFinalistsComeFromAllAndEverythingIsReplayed()
    {
        await RunToEnd(Options(Different(strict: false)));

        using var reader = RecordReader.Open(Database);
        var candidates = reader.Candidates("r1");
        var immigrants = candidates.Where(c => c.Origin == "immigrant").ToList();

        // On the ring 2 gets from 1, which measures otherwise, 1 from 0, which does not, and 0 from 2.
        Assert.Equal([0, 2], immigrants.Select(c => c.Island).Distinct().Order());
        Assert.All(immigrants, c => Assert.Contains(reader.Migrants("r1"), m => m.Candidate == c.Parents.Single() && m.To == c.Island));
        Assert.Contains(reader.Migrants("r1"), m => m is { From: 0, To: 1 });
        Assert.All(
            candidates.Where(c => c.Verdict == "trained").GroupBy(c => c.Island),
            island => Assert.All(island, c => Assert.Equal(island.Key == 2 ? 40 : 100, c.FitnessSteps)));

        var finalists = reader.Show("r1").Finalists.Select(f => f.Candidate[0]).ToList();
        Assert.Contains('2', finalists);
        Assert.True(finalists.Count(island => island != '2') > 1);
        AssertVerified();
    }

    [Fact]
    public async Task StrictModeKeepsItsPromise()
    {
        var calm = await RunToEnd(Options(Different(strict: true), slots: 1));
        var node = await SearchNode.StartAsync(Options(Different(strict: true), run: "r2"));
        await Acknowledged(node, 90);
        await Abort(node);
        Assert.Equal(calm, await RunToEnd(Options(Different(strict: true), run: "r2", resume: true)));
    }

    [Fact]
    public async Task AnIslandThatComesMayHaveTasksOfItsOwnAndOneThatIsThereKeepsThem()
    {
        var node = await SearchNode.StartAsync(Options(Different(strict: false) with { Search = Different(strict: false).Search with { Evaluations = 100_000 } }));
        await Acknowledged(node, 60);
        var client = new ControlClient(Database);
        var (patience, onOther) = (TimeSpan.FromSeconds(20), ExperimentOverride.Parse("search.tasks=1"));
        await client.AmendAsync("r1", new Amendment.AddIsland(0, [onOther]), patience);
        var refused = await Assert.ThrowsAsync<AmendmentException>(() => client.AmendAsync("r1", new Amendment.Change([onOther], 0), patience));
        Assert.Contains("search.tasks cannot change while a search goes on", refused.Message, StringComparison.Ordinal);
        await Acknowledged(node, 400);
        node.Stop("enough");
        Assert.Equal("completed", (await Finish(node)).State);

        using var reader = RecordReader.Open(Database);
        var clone = reader.Candidates("r1").Where(c => c.Island == 3).OrderBy(c => c.Birth).ToList();
        Assert.Equal(("immigrant", '0'), (clone[0].Origin, clone[0].Parents.Single()[0]));
        Assert.All(clone.Where(c => c.Verdict == "trained"), c => Assert.Equal(40, c.FitnessSteps));
        AssertVerified();
    }
}

public sealed class SqliteIslandTasksTests : IslandTasksTests;

public sealed class PostgresIslandTasksTests(SharedPostgres postgres) : IslandTasksTests(postgres);
