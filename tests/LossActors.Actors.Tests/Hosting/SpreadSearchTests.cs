using System.Collections.Immutable;
using System.Text.Json;
using Akka.Actor;
using LossActors.Actors.Control;
using LossActors.Actors.Evaluators;
using LossActors.Actors.Experiments;
using LossActors.Actors.Hosting;
using LossActors.Actors.Persistence;
using LossActors.Actors.Record;
using LossActors.Actors.Runs;
using LossActors.Actors.Serialization;
using LossActors.Actors.TestNode;
using LossActors.Actors.Tests.Databases;
using LossActors.Actors.Tests.Runs;
using LossActors.Expressions.Known;
using Xunit;
using Node = LossActors.Actors.Hosting.SearchNode;

namespace LossActors.Actors.Tests.Hosting;

/// <summary>Searches spread over several search nodes: real clusters on loopback, all in this process, with a real database; only the benches are synthetic.</summary>
[Collection("processes")]
public sealed class SpreadSearchTests(SharedPostgres postgres) : IAsyncLifetime
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(120);
    private readonly string _root = Directory.CreateTempSubdirectory("lossactors-test-").FullName;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Node> _nodes = [];
    private readonly List<Task> _evaluators = [];
    private string _connection = "";

    public ValueTask InitializeAsync()
    {
        _connection = postgres.Server.CreateDatabase();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        await Task.WhenAll(_evaluators);
        _stop.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task WhenTheNodeOfTheRunDiesAnotherGoesOnWithItAndItsIslands()
    {
        var (first, address) = await Found(Spread());
        var second = await Join(address);
        var third = await Join(address);
        Evaluate(address, AddressOf(second), AddressOf(third));
        await Judged(first, 40);

        ((ExtendedActorSystem)first.System).Abort();

        await Task.WhenAll(Ends(second), Ends(third));
        AssertWhole("r1", 240);
        Assert.Equal(2, EpochsOf("r1"));
    }

    [Fact]
    public async Task ANodeThatJoinsTakesItsShareOfTheIslandsAndWhenItLeavesTheyComeBackAndNoneOfTheirEventsIsLost()
    {
        var (first, address) = await Found(Spread(evaluations: 400));
        Evaluate(address);
        await Judged(first, 20);
        var second = await Join(address);
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        second.System.EventStream.Subscribe(second.System.ActorOf(Props.Create(() => new Ear(arrived))), typeof(JournalRecovered));
        await arrived.Task.WaitAsync(s_deadline);

        await second.InterruptAsync();
        await Judged(first, 120);
        ((ExtendedActorSystem)first.System).Abort();

        // The journals of islands that have been away and back are read again, from the beginning.
        var again = await Start("r1", Spread(evaluations: 400), [], resume: true);
        Evaluate(AddressOf(again));
        await Ends(again);
        AssertWhole("r1", 400);
    }

    [Fact]
    public async Task WhoWakesUpAndHasLostTheRunKnowsWhomToJoin()
    {
        var (first, address) = await Found(Spread(evaluations: 400));
        var second = await Join(address);
        Evaluate(address, AddressOf(second));
        await Judged(first, 20);
        var other = AddressOf(second);

        using (AdvisoryRunLock.Take(Database, "r1", isDecided: true))
        {
            var outcome = await first.Completion.WaitAsync(s_deadline);

            Assert.True(outcome.NodeEnded);
            Assert.True(first.System.WhenTerminated.IsCompleted);
            Assert.Equal([other], first.Others);
        }

        await Ends(second);
        AssertWhole("r1", 400);
    }

    [Fact]
    public async Task AStrictRunGivesTheSameHallOfFameWithADeathOnTheWay()
    {
        var (alone, address) = await Found(Spread(strict: true), "calm");
        Evaluate(address);
        await Ends(alone);

        var (first, anotherAddress) = await Found(Spread(strict: true), "stormy");
        var second = await Join(anotherAddress, "stormy");
        var third = await Join(anotherAddress, "stormy");
        Evaluate(anotherAddress, AddressOf(second), AddressOf(third));
        await Judged(first, 60);
        ((ExtendedActorSystem)first.System).Abort();

        await Ends(second);
        Assert.Equal(HallOf("calm"), HallOf("stormy"));
    }

    [Fact]
    public async Task APausedRunStaysPausedWhenItsNodeDies()
    {
        var (first, address) = await Found(Spread());
        var second = await Join(address);
        var third = await Join(address);
        Evaluate(address, AddressOf(second), AddressOf(third));
        await Judged(first, 20);
        first.Pause();
        await Shows(first, "paused");

        ((ExtendedActorSystem)first.System).Abort();

        // The successor's epoch has begun, and the run waits still: nobody has asked for anything else.
        await Shows(second, "paused");
        second.Resume();
        await Ends(second);
        AssertWhole("r1", 240);
    }

    [Fact]
    public async Task ASearchThatIsChangedWhileItGoesOnStaysSoWhenItsNodeDies()
    {
        var (first, address) = await Found(Spread(evaluations: 1500));
        var second = await Join(address);
        var third = await Join(address);
        Evaluate(address, AddressOf(second), AddressOf(third));
        await Judged(first, 40);
        await Amend(new Amendment.AddIsland(null, []));
        await Amend(new Amendment.AddIsland(1, []));
        await Amend(new Amendment.Inject("abs(sub(mul(y, 0.3*f), square(f)))", 4));
        await Amend(new Amendment.CloseIsland(0));

        ((ExtendedActorSystem)first.System).Abort();
        await Amend(new Amendment.Change([ExperimentOverride.Parse("search.variation.point=20")], null));

        await Task.WhenAll(Ends(second), Ends(third));
        AssertWhole("r1", 1500);
        using var reader = Read();
        Assert.Equal((6, 5), (reader.Show("r1").Islands, reader.Show("r1").Amendments.Length));
        var candidates = reader.Candidates("r1");
        Assert.All(Enumerable.Range(0, 6), island => Assert.Contains(candidates, c => c.Island == island));
        Assert.Equal(4, Assert.Single(candidates, c => c.Origin == "injected").Island);
    }

    [Fact]
    public async Task ANodeThatIsAskedToLeaveHandsOverAndAnEvaluatorFinishesItsWorkFirst()
    {
        var (first, address) = await Found(Spread(evaluations: 2000));
        var second = await Join(address);
        var third = await Join(address);
        Evaluate(address);
        Evaluate(address);
        await Judged(first, 40);

        var shell = new ControlClient(Database);
        var nodes = await Nodes(3, 2);
        var drained = nodes.First(n => n.Role == "evaluator").Address;
        await shell.DrainAsync("r1", drained, s_deadline);
        var ended = await Task.WhenAny(_evaluators).WaitAsync(s_deadline);
        Assert.True(ended.IsCompletedSuccessfully);

        // Of a search node it is the program around it that lets go.
        var leaves = shell.DrainAsync("r1", AddressOf(second), s_deadline);
        Assert.True((await second.Completion.WaitAsync(s_deadline)).IsDismissed);
        await second.InterruptAsync();
        await leaves;

        var unknown = await Assert.ThrowsAsync<ControlException>(() => shell.DrainAsync("r1", "10.0.0.1:1", s_deadline));
        Assert.Contains("has no node 10.0.0.1:1; it has", unknown.Message, StringComparison.Ordinal);
        await Task.WhenAll(Ends(first), Ends(third));
        AssertWhole("r1", 2000);
    }

    private async Task<IReadOnlyList<NodeStatus>> Nodes(int search, int evaluators)
    {
        using var reader = Read();
        using var patience = new CancellationTokenSource(s_deadline);
        while (true)
        {
            var nodes = reader.Show("r1").Nodes;
            if (nodes.Count(n => n is { Role: "search", State: "up" }) == search && nodes.Count(n => n is { Role: "evaluator", State: "up" }) == evaluators)
            {
                return nodes;
            }

            await Task.Delay(100, patience.Token);
        }
    }

    // The run may have no owner for a while.
    private async Task Amend(Amendment amendment)
    {
        using var patience = new CancellationTokenSource(s_deadline);
        while (true)
        {
            try
            {
                await new ControlClient(Database).AmendAsync("r1", amendment, s_deadline, patience.Token);
                return;
            }
            catch (ControlException)
            {
                await Task.Delay(200, patience.Token);
            }
        }
    }

    private static Experiment Spread(bool strict = false, int evaluations = 240)
    {
        var small = SearchTest.Small(strict, evaluations);
        return small with { Search = small.Search with { Islands = 4 }, Evaluation = new EvaluationSettings { Evaluators = 0 } };
    }

    private static async Task Judged(Node node, int count)
    {
        var judged = 0;
        await foreach (var progress in node.Progress.ReadAllAsync())
        {
            judged += progress is SearchProgress.CandidateJudged ? 1 : 0;
            if (judged >= count)
            {
                return;
            }
        }
    }

    /// <summary>The run completes on this node or before it, and the node leaves.</summary>
    private static async Task Ends(Node node)
    {
        var troubles = new List<string>();
        using var patience = new CancellationTokenSource(s_deadline);
        try
        {
            await foreach (var progress in node.Progress.ReadAllAsync(patience.Token))
            {
                troubles.AddRange(progress is SearchProgress.Trouble trouble ? [trouble.Message] : []);
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The run does not end: {string.Join("; ", troubles)}");
        }

        Assert.Equal("completed", (await node.Completion).State);
        await node.DisposeAsync();
    }

    private static async Task Shows(Node node, string state)
    {
        using var patience = new CancellationTokenSource(s_deadline);
        await foreach (var progress in node.Progress.ReadAllAsync(patience.Token))
        {
            if (progress is SearchProgress.StateChanged changed && changed.State == state)
            {
                return;
            }
        }
    }

    private static string AddressOf(Node node) => SearchMembers.HostPort(Akka.Cluster.Cluster.Get(node.System).SelfAddress);

    private async Task<(Node Node, string Address)> Found(Experiment experiment, string run = "r1")
    {
        var node = await Start(run, experiment, []);
        return (node, AddressOf(node));
    }

    private Task<Node> Join(string address, string run = "r1") => Start(run, Spread(), [address]);

    private async Task<Node> Start(string run, Experiment experiment, ImmutableArray<string> join, bool resume = false)
    {
        var folder = new DataFolder(Path.Combine(_root, $"{_nodes.Count}"));
        var node = await Node.StartAsync(new SearchNodeOptions
        {
            Folder = folder,
            Database = new PostgresDatabase(folder, _connection),
            Run = run,
            Experiment = experiment,
            Resume = resume,
            Workplace = new ClusterWorkplace { Command = _ => throw new InvalidOperationException(), Join = join },
            Inspect = _ => new TaskFacts("data", "error-rate") { Prediction = Prediction.Distribution, Classes = 10 },
        });
        _nodes.Add(node);
        return node;
    }

    private void Evaluate(params ImmutableArray<string> join) => _evaluators.Add(EvaluatorNode.RunAsync(
        new EvaluatorNodeOptions { Join = join, Slots = new SlotSettings { Benches = new SyntheticBenches(TimeSpan.FromMilliseconds(10)), Devices = ["cpu"] } },
        _stop.Token));

    private PostgresDatabase Database => new(new DataFolder(_root), _connection);

    private RecordReader Read() => RecordReader.Open(Database);

    private void AssertWhole(string run, int evaluations)
    {
        using var reader = Read();
        Assert.Equal(evaluations, reader.Show(run).Evaluations);
        Assert.Empty(RunVerifier.Verify(Database, run).Differences);
    }

    private long EpochsOf(string run)
    {
        using var connection = Database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT max(epoch) FROM run_intervals WHERE run = '{run}'";
        return (long)command.ExecuteScalar()!;
    }

    private string HallOf(string run)
    {
        using var reader = Read();
        return JsonSerializer.Serialize(reader.Show(run).HallOfFame, WireJson.Options);
    }

    /// <summary>Hears of islands that begin on a node.</summary>
    private sealed class Ear(TaskCompletionSource first) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is JournalRecovered recovered && recovered.PersistenceId.StartsWith("island-", StringComparison.Ordinal))
            {
                first.TrySetResult();
            }
        }
    }
}
