using System.Globalization;
using LossActors.Actors.Tests.Databases;
using LossActors.ProcessTests.Machine;
using Xunit;

namespace LossActors.ProcessTests.Scenarios;

/// <summary>A run on three search nodes and two evaluators at addresses of a network, in which packets get lost.</summary>
public sealed class BrokenLinksTests : SpreadRunTest
{
    private const int Budget = 14_000;
    private const int Port = 4100;

    [Fact(Timeout = 2 * Deadline)]
    public async Task A_broken_link_costs_the_run_nothing_and_the_cluster_one_node_until_it_is_healed()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        Assert.SkipWhen(NetworkSegment.Missing is not null, NetworkSegment.Missing ?? "");
        using var network = NetworkSegment.Lay();
        using var server = PostgresServer.Start(NetworkSegment.Here);
        IsolatedHost[] hosts = [.. Enumerable.Range(1, 5).Select(network.Host)];
        var (first, second, third) = (hosts[0], hosts[1], hosts[2]);
        await FoundAsync(server, first, Port, "--evaluations", $"{Budget}", "--set", "training.steps=100", "--set", "refinement.policy=none");
        await JoinAsync(second, Port);
        await JoinAsync(third, Port);
        Evaluate(hosts[3]);
        Evaluate(hosts[4]);
        await AllIslandsWorkAsync(TimeSpan.FromMilliseconds(Deadline));

        await BreakAsync("the first and the second node do not hear each other for 3 s, both hear the third", () => first.Lose(second), () => first.Find(second), 3, missed: null);

        // One of the two ends has to go. They are equal, so the lower address stays.
        await BreakAsync("the same for 30 s", () => first.Lose(second), () => first.Find(second), 30, missed: second);

        // Evaluators still hear all three, and pass on what each says of the others.
        await BreakAsync(
            "the node that has the run hears no search node for 30 s, but evaluators and the database",
            () =>
            {
                first.Lose(second);
                first.Lose(third);
            },
            () =>
            {
                first.Find(second);
                first.Find(third);
            },
            30,
            missed: first);
        var owner = Owner.Host!;
        await BreakAsync("the node that has the run is cut off from everything for 30 s", owner.Unplug, owner.Plug, 30, missed: owner);
        await BreakAsync("an evaluator and one search node do not hear each other for 15 s", () => third.Lose(hosts[4]), () => third.Find(hosts[4]), 15, missed: null);
        await CompletesOnceAsync(Budget);
    }

    private async Task BreakAsync(string what, Action breaks, Action heals, int seconds, IsolatedHost? missed)
    {
        Assert.True(Run.State() == "running", $"the run is {Run.State()} before everything has happened; Budget is too small for this machine");
        var removals = Members.ToDictionary(m => m, m => m.Removals);
        breaks();
        await Task.Delay(TimeSpan.FromSeconds(seconds), Stop);
        if (missed is not null)
        {
            var during = await AllIslandsWorkAsync();
            Note(string.Create(CultureInfo.InvariantCulture, $"while it was broken every island had a new verdict after {during.TotalSeconds:F1} s"));
        }

        heals();
        foreach (var member in Members.Where(m => m.Host == missed))
        {
            Assert.True(await member.Process.Error.UntilAsync(_ => member.Removals > removals[member] && member.Returns >= member.Removals, Stop), member.Process.Error.Text);
        }

        var after = await AllIslandsWorkAsync();
        Note(string.Create(CultureInfo.InvariantCulture, $"{what}: every island had a new verdict after {after.TotalSeconds:F1} s ({Run.Evaluations()} so far); removals: {string.Join(", ", Members.Select(m => $"{m.Address} {m.Removals - removals[m]}"))}"));
        Assert.All(Members, m => Assert.True(m.Process.Os.IsAlive, m.Process.Error.Text));
        Assert.Equal(Members.Where(m => m.Host == missed), Members.Where(m => m.Removals > removals[m]));
        await AllAreMembersAsync();
    }
}
