using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LossActors.Actors.Tests.Databases;
using LossActors.ProcessTests.Machine;
using Xunit;

namespace LossActors.ProcessTests.Scenarios;

/// <summary>A run spread over three search nodes and four evaluators, on a PostgreSQL server of its own, to which everything happens that can.</summary>
public sealed class SearchNodesTests : ProcessTest
{
    private const int Budget = 9000;
    private const int Islands = 8;

    // Islands of a dead node are to be at work again by then.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly List<Member> _members = [];
    private readonly List<LossActorsProcess> _evaluators = [];
    private readonly List<LossActorsProcess> _past = [];
    private readonly List<LossActorsProcess> _missed = [];
    private PostgresServer? _server;
    private string _connection = "";
    private string _run = "";

    private SharedRun Run => new(_connection, _run);

    private (string, string)[] Shared => [("LOSSACTORS_DATABASE", _connection)];

    [Fact(Timeout = 2 * Deadline)]
    public async Task A_cluster_that_loses_nodes_and_its_server_loses_nothing_else()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        using var server = PostgresServer.Start();
        (_server, _connection) = (server, server.CreateDatabase());
        var seed = int.TryParse(Environment.GetEnvironmentVariable("LOSSACTORS_TEST_SEED"), out var given) ? given : Environment.TickCount;
        Note($"LOSSACTORS_TEST_SEED={seed}");
        var random = new Random(seed);
        await FoundAsync();

        (string What, Func<Task> Do)[] faults =
        [
            ("the owner of the run is killed", () => KillSearchAsync(isOwner: true)),
            ("the owner of the run is killed", () => KillSearchAsync(isOwner: true)),
            ("another search node is killed", () => KillSearchAsync(isOwner: false)),
            ("another search node is killed", () => KillSearchAsync(isOwner: false)),
            .. Enumerable.Repeat<(string, Func<Task>)>(("an evaluator is killed", () => KillEvaluatorAsync(random)), 6),
            ("the server is stopped at once and started again", RestartServerAsync),
            ("an evaluator is frozen for 5 s", () => FreezeAsync(_evaluators[random.Next(_evaluators.Count)], 5)),
            ("a search node is frozen for 5 s", () => FreezeSearchAsync(5)),
            ("a search node is frozen for 30 s", () => FreezeSearchAsync(30)),
        ];
        random.Shuffle(faults);
        foreach (var (what, happens) in faults)
        {
            Assert.True(Run.State() == "running", $"the run is {Run.State()} before everything has happened; Budget is too small for this machine");
            var clock = Stopwatch.StartNew();
            await happens();
            var back = await AllIslandsWorkAsync();
            Note(string.Create(CultureInfo.InvariantCulture, $"{what}: every island had a new verdict after {back.TotalSeconds:F1} s ({Run.Evaluations()} verdicts so far, {clock.Elapsed.TotalSeconds:F0} s in all)"));
            Assert.All(_members, m => Assert.True(m.Process.Os.IsAlive, m.Process.Error.Text));
        }

        foreach (var member in _members)
        {
            Assert.True(await member.Process.ExitAsync(Stop) == 0, member.Process.Error.Text);
        }

        Run.IsCompletedOnce(Budget);
        LossActorsProcess[] all = [.. _past, .. _members.Select(m => m.Process)];
        Assert.Equal(_missed, all.Where(p => p.Error.Lines.Any(IsRemoval)));
        var acknowledged = all.SelectMany(p => Acknowledged.In(p.Out.Lines)).ToList();
        Note($"{acknowledged.Count} results acknowledged by {_past.Count + _members.Count} search processes");
        Run.Holds(acknowledged);
        Assert.Equal(acknowledged.Count, acknowledged.Select(a => a.Candidate).Distinct().Count());
        var verified = Start(["verify", _run], Shared);
        Assert.True(await verified.ExitAsync(Stop) == 0, verified.Error.Text);
    }

    private async Task FoundAsync()
    {
        var port = FreePort();
        var first = Start(
            [
                "run", "digits", "--evaluations", $"{Budget}", "--evaluators", "0", "--port", $"{port}", "--progress", "json", "--data-dir", "first",
                "--set", $"search.islands={Islands}", "--set", "training.steps=100", "--set", "refinement.policy=none", .. s_shortFinals,
            ],
            Shared);
        _run = await RunIdAsync(first);
        _members.Add(new Member(port, first));
        await JoinAsync(FreePort());
        await JoinAsync(FreePort());
        for (var i = 0; i < 4; i++)
        {
            Evaluate();
        }

        await AllIslandsWorkAsync(Deadline);
    }

    private async Task JoinAsync(int port)
    {
        var process = Start(["node", "--role", "search", "--join", Addresses, "--port", $"{port}", "--progress", "json", "--data-dir", $"node-{port}"], Shared);
        Assert.True(await process.Error.UntilAsync(lines => lines.Any(l => l.StartsWith("joined", StringComparison.Ordinal)), Stop), process.Error.Text);
        _members.Add(new Member(port, process));
    }

    private string Addresses => string.Join(',', _members.Select(m => $"127.0.0.1:{m.Port}"));

    private void Evaluate() => _evaluators.Add(Start(["node", "--role", "evaluator", "--join", Addresses]));

    private Member Owner() => _members.First(m => m.Process.Os.Pid == Run.Owner());

    private async Task KillSearchAsync(bool isOwner)
    {
        var owner = Owner();
        var victim = isOwner ? owner : _members.First(m => m != owner);
        victim.Process.Os.Send(Signal.Kill);
        _members.Remove(victim);
        _past.Add(victim.Process);
        await victim.Process.ExitAsync(Stop);
        _ = await AllIslandsWorkAsync();
        await JoinAsync(victim.Port);
    }

    private async Task KillEvaluatorAsync(Random random)
    {
        var victim = _evaluators[random.Next(_evaluators.Count)];
        victim.Os.Send(Signal.Kill);
        _evaluators.Remove(victim);
        await victim.ExitAsync(Stop);
        Evaluate();
    }

    private async Task RestartServerAsync()
    {
        _server!.Kill();
        await Task.Delay(TimeSpan.FromSeconds(2), Stop);
        _server.Resume();
    }

    private static async Task FreezeAsync(LossActorsProcess process, int seconds)
    {
        process.Os.Send(Signal.Freeze);
        await Task.Delay(TimeSpan.FromSeconds(seconds), Stop);
        process.Os.Send(Signal.Thaw);
    }

    // Frozen for long enough, it is missed: the others go on with all, and it comes back when it wakes up.
    private async Task FreezeSearchAsync(int seconds)
    {
        var victim = Owner();
        await FreezeAsync(victim.Process, seconds);
        if (seconds > 20)
        {
            _missed.Add(victim.Process);
            Assert.True(await victim.Process.Error.UntilAsync(lines => lines.Any(IsRemoval), Stop), victim.Process.Error.Text);
            Assert.NotEqual(victim, Owner());
        }
        else
        {
            Assert.Equal(victim, Owner());
        }
    }

    // What a node says that the others have gone on without: `run` in its words, `node` in its.
    private static bool IsRemoval(string line) => line.Contains("where the run goes on", StringComparison.Ordinal) || line.StartsWith("removed from the cluster", StringComparison.Ordinal);

    // How long it takes until each island has a verdict that it does not have yet.
    private async Task<TimeSpan> AllIslandsWorkAsync(int? patience = null)
    {
        var clock = Stopwatch.StartNew();
        var limit = patience is { } given ? TimeSpan.FromMilliseconds(given) : s_patience;
        var before = Run.VerdictsByIsland();
        while (clock.Elapsed < limit)
        {
            await Task.Delay(100, Stop);
            var now = Run.VerdictsByIsland();
            if (Run.State() is not "running" || (now.Count == Islands && now.All(i => i.Value > before.GetValueOrDefault(i.Key))))
            {
                return clock.Elapsed;
            }
        }

        var after = Run.VerdictsByIsland();
        var idle = string.Join(", ", before.Where(i => after.GetValueOrDefault(i.Key) == i.Value).Select(i => $"{i.Key} ({i.Value})"));
        var logs = Directory.EnumerateFiles(Folder, "*.log", SearchOption.AllDirectories).Select(file => $"{file}\n{string.Join('\n', File.ReadLines(file).TakeLast(20))}");
        Assert.Fail($"within {limit.TotalSeconds} s islands {idle} had no new verdict; {string.Join("\n", _members.Select(m => $"{m.Port}: {m.Process.Error.Text}"))}\n{string.Join("\n", logs)}");
        return default;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed record Member(int Port, LossActorsProcess Process);
}
