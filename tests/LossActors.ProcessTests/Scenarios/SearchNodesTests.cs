using System.Diagnostics;
using System.Globalization;
using LossActors.Actors.Tests.Databases;
using LossActors.ProcessTests.Machine;
using Xunit;

namespace LossActors.ProcessTests.Scenarios;

/// <summary>
/// A run spread over three search nodes and four evaluators, on a PostgreSQL server of its own, to which everything happens that can. Where the machine lets it, each process has an
/// address of a network of its own, so that a link between two of them can be broken; else all are at loopback, and that is left out.
/// </summary>
public sealed class SearchNodesTests : SpreadRunTest
{
    private const int Port = 4100;
    private const int Budget = 14_000;

    private readonly List<Member> _missed = [];

    [Fact(Timeout = 2 * Deadline)]
    public async Task A_cluster_that_loses_nodes_and_its_server_loses_nothing_else()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        using var network = NetworkSegment.Missing is null ? NetworkSegment.Lay() : null;
        using var server = network is null ? PostgresServer.Start() : PostgresServer.Start(NetworkSegment.Here);
        IsolatedHost?[] hosts = [.. Enumerable.Range(1, 7).Select(number => network?.Host(number))];
        var random = Seeded();
        await FoundAsync(server, hosts[0], PortOn(hosts[0]), "--evaluations", $"{Budget}", "--set", "training.steps=100", "--set", "refinement.policy=none");
        await JoinAsync(hosts[1], PortOn(hosts[1]));
        await JoinAsync(hosts[2], PortOn(hosts[2]));
        foreach (var host in hosts[3..])
        {
            Evaluate(host);
        }

        await AllIslandsWorkAsync(TimeSpan.FromMilliseconds(Deadline));

        (string What, Func<Task> Do)[] faults =
        [
            ("the owner of the run is killed", () => KillSearchAsync(Owner)),
            ("the owner of the run is killed", () => KillSearchAsync(Owner)),
            ("another search node is killed", () => KillSearchAsync(NotOwner())),
            ("another search node is killed", () => KillSearchAsync(NotOwner())),
            .. Enumerable.Repeat<(string, Func<Task>)>(("an evaluator is killed", () => KillEvaluatorAsync(random)), 6),
            ("the server is stopped at once and started again", () => RestartAsync(server)),
            .. network is null ? ((string, Func<Task>)[])[] : [("two search nodes do not hear each other for 30 s", BreakLinkAsync)],
            ("an evaluator is frozen for 5 s", () => FreezeAsync(Evaluators[random.Next(Evaluators.Count)].Process, 5)),
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
            Assert.All(Members, m => Assert.True(m.Process.Os.IsAlive, m.Process.Error.Text));

            // Of two nodes that are left while the third comes back, nobody could tell which one is dead.
            await AllAreMembersAsync();
        }

        await CompletesOnceAsync(Budget);

        // Who comes back while its link is still broken is removed again.
        Assert.All(Past.Concat(Members), m => Assert.Equal(_missed.Contains(m), m.Removals > 0));
    }

    private static int PortOn(IsolatedHost? host) => host is null ? FreePort() : Port;

    private Member NotOwner()
    {
        var owner = Owner;
        return Members.First(m => m != owner);
    }

    private async Task KillSearchAsync(Member victim)
    {
        await KillAsync(victim);
        _ = await AllIslandsWorkAsync();
        await JoinAsync(victim.Host, victim.Port);
    }

    private async Task KillEvaluatorAsync(Random random)
    {
        var victim = Evaluators[random.Next(Evaluators.Count)];
        victim.Process.Os.Send(Signal.Kill);
        Evaluators.Remove(victim);
        await victim.Process.ExitAsync(Stop);
        Evaluate(victim.Host);
    }

    private static async Task RestartAsync(PostgresServer server)
    {
        server.Kill();
        await Task.Delay(TimeSpan.FromSeconds(2), Stop);
        server.Resume();
    }

    private static async Task FreezeAsync(LossActorsProcess process, int seconds)
    {
        process.Os.Send(Signal.Freeze);
        await Task.Delay(TimeSpan.FromSeconds(seconds), Stop);
        process.Os.Send(Signal.Thaw);
    }

    // Both are as well connected: the one with the lower address stays, and the other one comes back when it is heard again.
    private async Task BreakLinkAsync()
    {
        Member[] ends = [.. Members.OrderBy(m => m.Address, StringComparer.Ordinal).Take(2)];
        var removals = ends[1].Removals;
        ends[0].Host!.Lose(ends[1].Host!);
        await Task.Delay(TimeSpan.FromSeconds(30), Stop);
        _ = await AllIslandsWorkAsync();
        ends[0].Host!.Find(ends[1].Host!);
        _missed.Add(ends[1]);
        Assert.True(await ends[1].Process.Error.UntilAsync(_ => ends[1].Removals > removals && ends[1].Returns >= ends[1].Removals, Stop), ends[1].Process.Error.Text);
    }

    // Frozen for long enough, it is missed: the others go on with all, and it comes back when it wakes up.
    private async Task FreezeSearchAsync(int seconds)
    {
        var victim = Owner;
        var removals = victim.Removals;
        await FreezeAsync(victim.Process, seconds);
        if (seconds > 20)
        {
            _missed.Add(victim);
            Assert.True(await victim.Process.Error.UntilAsync(_ => victim.Removals > removals, Stop), victim.Process.Error.Text);
            Assert.NotEqual(victim, Owner);
        }
        else
        {
            Assert.Equal(victim, Owner);
        }
    }
}
