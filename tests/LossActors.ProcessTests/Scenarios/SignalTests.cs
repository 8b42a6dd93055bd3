using LossActors.ProcessTests.Machine;
using Xunit;

namespace LossActors.ProcessTests.Scenarios;

/// <summary>A search is asked to stop by a signal and goes on later, by the very line that it printed.</summary>
public sealed class SignalTests : ProcessTest
{
    private const int Budget = 200;

    [Fact(Timeout = Deadline)]
    public Task Ctrl_C_saves_exits_with_130_and_says_how_to_go_on() =>
        StopsAndGoesOnAsync(search => search.Os.SendToGroup(Signal.Interrupt), 130);

    [Fact(Timeout = Deadline)]
    public Task SIGTERM_saves_exits_with_143_and_says_how_to_go_on() =>
        StopsAndGoesOnAsync(search => search.Os.Send(Signal.Terminate), 143);

    private async Task StopsAndGoesOnAsync(Func<LossActorsProcess, bool> stop, int code)
    {
        using var search = StartSearch(["run", "digits", "--evaluations", $"{Budget}", .. s_shortFinals]);
        var run = await RunIdAsync(search);
        await AcknowledgesAsync(search, 20);
        stop(search);
        Assert.Equal(code, await search.ExitAsync(Stop));
        await LeavesNobodyAsync(search);

        var line = Assert.Single(search.Error.Lines, l => l.Contains("lossactors resume", StringComparison.Ordinal));
        var acknowledged = Acknowledged.In(search.Out.Lines);
        Record(run).Holds(acknowledged);
        Assert.InRange(acknowledged.Count, 20, Budget - 1);
        Assert.Equal("interrupted", (await CallAsync("show", run, "--json", "--data-dir", "data")).Exits(0).Json["state"]!.GetValue<string>());

        string[] resume = line[line.IndexOf("resume", StringComparison.Ordinal)..].Split(' ');
        Assert.Equal(["resume", run, "--data-dir", "data"], resume);
        (await CallAsync(resume)).Exits(0);
        Record(run).IsCompletedOnce(Budget);
        Record(run).Holds(acknowledged);
    }
}
