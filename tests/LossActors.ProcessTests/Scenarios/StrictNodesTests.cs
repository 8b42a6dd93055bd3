using LossActors.Actors.Tests.Databases;
using LossActors.ProcessTests.Machine;
using Xunit;

namespace LossActors.ProcessTests.Scenarios;

/// <summary>In strict mode it does not matter either on how many search nodes the islands are, and which of them die.</summary>
public sealed class StrictNodesTests : SpreadRunTest
{
    private const int Budget = 400;
    private static readonly string[] s_strict = ["--strict", "--seed", "7", "--evaluations", $"{Budget}"];

    [Fact(Timeout = 2 * Deadline)]
    public async Task The_hall_of_fame_of_three_search_nodes_under_kills_is_that_of_one_without_to_the_last_bit()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        using var calm = StartSearch(["run", "digits", "--evaluators", "1", "--set", $"search.islands={Islands}", .. s_strict, .. s_shortFinals]);
        await CompletesAsync(calm);
        var expected = HallOfFame.Text((await CallAsync("show", calm.Out.Lines[0], "--json", "--data-dir", "data")).Exits(0).Json);
        var candidates = Record(calm.Out.Lines[0]).Candidates().Select(c => (c.Id, c.Verdict, c.Fitness, c.Expression, c.Weights));
        Note(expected);

        using var server = PostgresServer.Start();
        await FoundAsync(server, host: null, FreePort(), s_strict);
        await JoinAsync(host: null, FreePort());
        await JoinAsync(host: null, FreePort());
        Evaluate();
        Evaluate();

        // The node that has the run dies only when there are three again, for the other two to be a majority.
        await JudgesAsync(Budget / 8);
        await KillEvaluatorAsync();
        var owner = Owner;
        var other = Members.First(m => m != owner);
        await KillAsync(other);
        await JoinAsync(other.Host, other.Port);
        await JudgesAsync(Budget / 4);
        await KillEvaluatorAsync();
        await KillAsync(Owner);
        Assert.True(Run.State() == "running", "the run was over before everything had happened; Budget is too small for this machine");
        await CompletesOnceAsync(Budget);
        Assert.Equal(expected, HallOfFame.Text(await ShowAsync()));
        Assert.Equal(candidates, Run.Candidates());
    }

    private async Task KillEvaluatorAsync()
    {
        var victim = Evaluators[0];
        victim.Process.Os.Send(Signal.Kill);
        Evaluators.Remove(victim);
        await victim.Process.ExitAsync(Stop);
        Evaluate();
    }
}
