using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using LossActors.Actors.Tests.Databases;
using LossActors.ProcessTests.Machine;
using Xunit;

namespace LossActors.ProcessTests.Scenarios;

/// <summary>One run on several search nodes and evaluators, with its state in a PostgreSQL server of the test's own.</summary>
public abstract class SpreadRunTest : ProcessTest
{
    private protected const int Islands = 8;

    // Islands of a dead node are to be at work again by then.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private string _connection = "";
    private string _run = "";

    private protected SharedRun Run => new(_connection, _run);

    /// <summary>The TLS file of all nodes; null: none.</summary>
    private protected string? Tls { get; init; }

    private string[] Secured => Tls is null ? [] : ["--tls", Tls];

    /// <summary>The search nodes, as long as nobody has killed them.</summary>
    private protected List<Member> Members { get; } = [];

    /// <summary>Those that were killed.</summary>
    private protected List<Member> Past { get; } = [];

    private protected List<(IsolatedHost? Host, LossActorsProcess Process)> Evaluators { get; } = [];

    private protected Member Owner => Members.First(m => m.Process.Os.Pid == Run.Owner());

    private (string, string)[] Shared => [("LOSSACTORS_DATABASE", _connection)];

    private protected string Addresses => string.Join(',', Members.Select(m => m.Address));

    /// <summary>Starts the run on its first search node.</summary>
    private protected async Task FoundAsync(PostgresServer server, IsolatedHost? host, int port, params string[] args)
    {
        _connection = server.CreateDatabase();
        var first = Started(LossActorsProcess.StartAt(
            host, Folder,
            ["run", "digits", "--evaluators", "0", .. At(host, port), "--progress", "json", "--data-dir", "first", "--set", $"search.islands={Islands}", .. s_shortFinals, .. args],
            Shared));
        _run = await RunIdAsync(first);
        Members.Add(new Member(host, port, first));
    }

    /// <summary>Adds a search node, and waits until it has joined.</summary>
    private protected async Task JoinAsync(IsolatedHost? host, int port)
    {
        var process = Started(LossActorsProcess.StartAt(
            host, Folder, ["node", "--role", "search", "--join", Addresses, .. At(host, port), "--progress", "json", "--data-dir", $"node-{host?.Address}-{port}"], Shared));
        Assert.True(await process.Error.UntilAsync(lines => lines.Any(l => l.StartsWith("joined", StringComparison.Ordinal)), Stop), process.Error.Text);
        Members.Add(new Member(host, port, process));
    }

    /// <summary>Adds an evaluator.</summary>
    private protected void Evaluate(IsolatedHost? host = null)
    {
        var address = host is null ? Array.Empty<string>() : ["--host", host.Address];
        Evaluators.Add((host, Started(LossActorsProcess.StartAt(host, Folder, ["node", "--role", "evaluator", "--join", Addresses, .. address, .. Secured]))));
    }

    /// <summary>Kills a search node.</summary>
    private protected async Task KillAsync(Member victim)
    {
        victim.Process.Os.Send(Signal.Kill);
        Members.Remove(victim);
        Past.Add(victim);
        await victim.Process.ExitAsync(Stop);
    }

    /// <summary>Waits until so many candidates have a verdict.</summary>
    private protected async Task JudgesAsync(long verdicts)
    {
        while (Run.Evaluations() < verdicts)
        {
            Assert.Equal("running", Run.State());
            await Task.Delay(100, Stop);
        }
    }

    /// <summary>Waits until each island has a verdict that it does not have yet.</summary>
    /// <returns>How long that took.</returns>
    private protected async Task<TimeSpan> AllIslandsWorkAsync(TimeSpan? patience = null)
    {
        var clock = Stopwatch.StartNew();
        var limit = patience ?? s_patience;
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
        Assert.Fail($"within {limit.TotalSeconds} s islands {idle} had no new verdict; {Run.Sessions()}\n{string.Join("\n", Members.Select(m => $"{m.Address}: {m.Process.Error.Text}"))}\n{string.Join("\n", logs)}");
        return default;
    }

    /// <summary>Waits until all search nodes are members of one cluster, and no others.</summary>
    private protected async Task AllAreMembersAsync()
    {
        var clock = Stopwatch.StartNew();
        var expected = Members.Select(m => m.Address).ToHashSet();
        while (!expected.SetEquals(Run.SearchNodes()))
        {
            Assert.True(clock.Elapsed < s_patience, $"after {s_patience.TotalSeconds} s the search nodes are {string.Join(", ", Run.SearchNodes())}");
            await Task.Delay(100, Stop);
        }
    }

    /// <summary>What <c>show --json</c> says of the run.</summary>
    private protected async Task<JsonNode> ShowAsync()
    {
        var shown = Start(["show", _run, "--json"], Shared);
        return new Answer(await shown.ExitAsync(Stop), shown.Out.Text, shown.Error.Text).Exits(0).Json;
    }

    /// <summary>Waits for the end of all search nodes, and requires the run to have ended as it should: at its exact budget, nothing acknowledged lost, nothing twice, and the hall of fame derivable.</summary>
    private protected async Task CompletesOnceAsync(int budget)
    {
        foreach (var member in Members)
        {
            Assert.True(await member.Process.ExitAsync(Stop) == 0, member.Process.Error.Text);
        }

        Run.IsCompletedOnce(budget);
        var acknowledged = Past.Concat(Members).SelectMany(m => Acknowledged.In(m.Process.Out.Lines)).ToList();
        Note($"{acknowledged.Count} results acknowledged by {Past.Count + Members.Count} search processes");
        Run.Holds(acknowledged);
        Assert.Equal(acknowledged.Count, acknowledged.Select(a => a.Candidate).Distinct().Count());
        var verified = Start(["verify", _run], Shared);
        Assert.True(await verified.ExitAsync(Stop) == 0, verified.Error.Text);
    }

    private protected static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string[] At(IsolatedHost? host, int port) => ["--host", host?.Address ?? "127.0.0.1", "--port", $"{port}", .. Secured];
}
