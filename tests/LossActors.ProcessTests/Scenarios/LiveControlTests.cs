using LossActors.ProcessTests.Machine;
using Xunit;

namespace LossActors.ProcessTests.Scenarios;

/// <summary>A search is changed from other shells while it goes on, and killed in between.</summary>
public sealed class LiveControlTests : ProcessTest
{
    [Fact(Timeout = Deadline)]
    public async Task Islands_come_and_close_losses_are_injected_and_a_kill_forgets_none_of_it()
    {
        var search = StartSearch(["run", "digits", "--evaluations", "100000", .. s_quick]);
        var run = await RunIdAsync(search);
        await AcknowledgesAsync(search, 40);

        Assert.Equal($"{run}: change 1: add island 4", (await ChangeAsync("islands", "add", run)).Out);
        Assert.Contains("a clone of island 0, with search.population = 12", (await ChangeAsync("islands", "add", run, "--clone", "0", "--set", "search.population=12")).Out, StringComparison.Ordinal);
        Assert.Contains("on island 1", (await ChangeAsync("change", run, "search.variation.point=30", "search.tournament=2", "--island", "1")).Out, StringComparison.Ordinal);
        Assert.Contains("into island 2", (await ChangeAsync("inject", run, "abs(sub(mul(y, 0.3*f), square(f)))", "--island", "2")).Out, StringComparison.Ordinal);
        await ChangeAsync("inject", run, "ace");
        await ChangeAsync("islands", "close", run, "3");

        search.Os.Send(Signal.Kill);
        await search.ExitAsync(Stop);
        (await CallAsync("islands", "add", run, "--data-dir", "data")).IsOneLine(1, "No process works on run");

        using var again = StartSearch(["resume", run]);
        await AcknowledgesAsync(again, 200);
        (await CallAsync("islands", "close", run, "3", "--data-dir", "data")).IsOneLine(2, "island 3 is closed");
        (await CallAsync("change", run, "search.seed=4", "--data-dir", "data")).IsOneLine(2, "experiment.search.seed cannot change while a search goes on");
        var islands = (await CallAsync("islands", run, "--json", "--data-dir", "data")).Exits(0).Json.AsArray();
        Assert.Equal(["open", "open", "open", "closed", "open", "open"], islands.Select(i => i!["state"]!.GetValue<string>()));
        Assert.Equal(0, islands[5]!["cloneOf"]!.GetValue<int>());
        Assert.All(islands, i => Assert.True(i!["evaluations"]!.GetValue<int>() > 0));

        (await CallAsync("stop", run, "--data-dir", "data")).Exits(0);
        await CompletesAsync(again);
        Assert.Equal(2, Record(run).Candidates().Count(c => c.Origin == "injected"));
        Assert.Contains(Record(run).Migrants(), m => m is { From: 0, To: 5 });
        Record(run).HasNothingTwice();
        Assert.Equal(6, (await CallAsync("show", run, "--json", "--data-dir", "data")).Exits(0).Json["amendments"]!.AsArray().Count);
        await VerifiesAsync(run);
    }

    private async Task<Answer> ChangeAsync(params string[] args) => (await CallAsync([.. args, "--data-dir", "data"])).Exits(0);
}
