using LossActors.Actors.Tests.Databases;
using Xunit;

namespace LossActors.ProcessTests.Scenarios;

/// <summary>Two search nodes, whichever of them dies.</summary>
public sealed class TwoSearchNodesTests : SpreadRunTest
{
    private const int Budget = 2_500;

    [Fact(Timeout = 2 * Deadline)]
    public async Task Evaluators_tell_the_living_one_of_two_search_nodes_from_the_dead_one()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        using var server = PostgresServer.Start();
        int[] ports = [.. new[] { FreePort(), FreePort() }.Order()];
        await FoundAsync(server, host: null, ports[0], "--evaluations", $"{Budget}", "--set", "training.steps=100", "--set", "refinement.policy=none");
        await JoinAsync(host: null, ports[1]);
        Evaluate();
        Evaluate();
        await AllIslandsWorkAsync(TimeSpan.FromMilliseconds(Deadline));
        foreach (var (which, what) in new[] { (0, "lower"), (1, "higher"), (0, "lower") })
        {
            var victim = Members.Single(m => m.Port == ports[which]);
            Note($"killed is the search node with the {what} address{(victim == Owner ? ", which has the run" : "")}");
            await KillAsync(victim);
            Note($"every island had a new verdict after {(await AllIslandsWorkAsync()).TotalSeconds:F1} s");
            await JoinAsync(host: null, victim.Port);
            await AllAreMembersAsync();
        }

        Assert.All(Evaluators, e => Assert.DoesNotContain(e.Process.Error.Lines, line => line.StartsWith("lost", StringComparison.Ordinal)));
        Assert.True(Run.State() == "running", "the run was over before everything had happened; Budget is too small for this machine");
        await CompletesOnceAsync(Budget);
        Assert.All(Past.Concat(Members), m => Assert.Equal(0, m.Removals));
    }
}
