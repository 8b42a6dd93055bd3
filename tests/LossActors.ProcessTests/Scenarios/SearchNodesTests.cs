using System.Diagnostics;
using System.Globalization;
using LossActors.Actors.Tests.Databases;
using LossActors.ProcessTests.Machine;
using Xunit;

namespace LossActors.ProcessTests.Scenarios;

/// <summary>A run spread over three search nodes and four evaluators, on a PostgreSQL server of its own, to which everything happens that can.</summary>
public sealed class SearchNodesTests : SpreadRunTest
{
    private const int Budget = 9000;

    private readonly List<Member> _missed = [];

    [Fact(Timeout = 2 * Deadline)]
    public async Task A_cluster_that_loses_nodes_and_its_server_loses_nothing_else()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        using var server = PostgresServer.Start();
        var random = Seeded();
        await FoundAsync(server, host: null, FreePort(), "--evaluations", $"{Budget}", "--set", "training.steps=100", "--set", "refinement.policy=none");
        await JoinAsync(host: null, FreePort());
        await JoinAsync(host: null, FreePort());
        for (var i = 0; i < 4; i++)
        {
            Evaluate();
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
            ("an evaluator is frozen for 5 s", () => FreezeAsync(Evaluators[random.Next(Evaluators.Count)], 5)),
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
        Assert.Equal(_missed, Past.Concat(Members).Where(m => m.Removals > 0));
    }

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
        victim.Os.Send(Signal.Kill);
        Evaluators.Remove(victim);
        await victim.ExitAsync(Stop);
        Evaluate();
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

    // Frozen for long enough, it is missed: the others go on with all, and it comes back when it wakes up.
    private async Task FreezeSearchAsync(int seconds)
    {
        var victim = Owner;
        await FreezeAsync(victim.Process, seconds);
        if (seconds > 20)
        {
            _missed.Add(victim);
            Assert.True(await victim.Process.Error.UntilAsync(_ => victim.Removals > 0, Stop), victim.Process.Error.Text);
            Assert.NotEqual(victim, Owner);
        }
        else
        {
            Assert.Equal(victim, Owner);
        }
    }
}
