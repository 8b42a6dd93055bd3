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

    [Fact(Timeout = Deadline)]
    public async Task A_second_Ctrl_C_stops_at_once_and_nothing_acknowledged_is_lost()
    {
        var run = "";
        var acknowledged = new List<Acknowledged>();
        for (var isAtOnce = false; !isAtOnce;)
        {
            using var search = StartSearch(run.Length == 0 ? ["run", "digits", "--evaluations", "600", .. s_shortFinals] : ["resume", run]);
            run = await RunIdAsync(search);
            await AcknowledgesAsync(search, 10);
            search.Os.SendToGroup(Signal.Interrupt);

            // Frozen in the midst of saving, so that the second finds it there. If it was quicker, once more.
            await Task.Delay(60, Stop);
            search.Os.Send(Signal.Freeze);
            await Task.Delay(700, Stop);
            search.Os.SendToGroup(Signal.Interrupt);
            search.Os.Send(Signal.Thaw);
            Assert.Equal(130, await search.ExitAsync(Stop));
            await LeavesNobodyAsync(search);
            acknowledged.AddRange(Acknowledged.In(search.Out.Lines));
            isAtOnce = search.Error.Lines.Contains("lossactors: stopped at once");
            Assert.True(isAtOnce || search.Error.Text.Contains("lossactors resume", StringComparison.Ordinal), search.Error.Text);
        }

        Record(run).Holds(acknowledged);
        (await CallAsync("resume", run, "--data-dir", "data")).Exits(0);
        Record(run).IsCompletedOnce(600);
        Record(run).Holds(acknowledged);
    }

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
