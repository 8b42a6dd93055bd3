using LossActors.ProcessTests.Machine;
using Xunit;

namespace LossActors.ProcessTests.Scenarios;

/// <summary>In strict mode a seed decides the hall of fame, and nothing else does.</summary>
public sealed class StrictTests : ProcessTest
{
    private const int Budget = 200;
    private static readonly string[] s_run = ["run", "digits", "--strict", "--seed", "7", "--evaluations", $"{Budget}", .. s_shortFinals];

    [Fact(Timeout = Deadline)]
    public async Task The_hall_of_fame_is_the_same_to_the_last_bit_with_one_evaluator_or_two_and_after_a_kill()
    {
        var alone = await WholeAsync("alone", evaluators: 1);
        var together = await WholeAsync("together", evaluators: 2);
        var killed = await KilledAsync("killed");
        Note(alone.Fame);

        Assert.Equal(alone.Fame, together.Fame);
        Assert.Equal(alone.Fame, killed.Fame);
        Assert.Equal(alone.Candidates, together.Candidates);
        Assert.Equal(alone.Candidates, killed.Candidates);
    }

    private async Task<(string Fame, IEnumerable<object> Candidates)> WholeAsync(string data, int evaluators)
    {
        using var search = StartSearch([.. s_run, "--evaluators", $"{evaluators}"], data);
        await CompletesAsync(search);
        return await OutcomeAsync(search.Out.Lines[0], data);
    }

    private async Task<(string Fame, IEnumerable<object> Candidates)> KilledAsync(string data)
    {
        using var search = StartSearch(s_run, data);
        var run = await RunIdAsync(search);
        await AcknowledgesAsync(search, Budget / 2);
        search.Os.Send(Signal.Kill);
        await search.ExitAsync(Stop);
        await LeavesNobodyAsync(search);
        Assert.NotEqual("completed", Record(run, data).State());

        using var resumed = StartSearch(["resume", run], data);
        await CompletesAsync(resumed);
        return await OutcomeAsync(run, data);
    }

    private async Task<(string Fame, IEnumerable<object> Candidates)> OutcomeAsync(string run, string data)
    {
        Record(run, data).IsCompletedOnce(Budget);
        await VerifiesAsync(run, data);
        var shown = (await CallAsync("show", run, "--json", "--data-dir", data)).Exits(0).Json;

        return (HallOfFame.Text(shown), Record(run, data).Candidates().Select(c => (object)(c.Id, c.Verdict, c.Fitness, c.Expression, c.Weights)).ToList());
    }
}
