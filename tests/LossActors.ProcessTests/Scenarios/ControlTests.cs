using LossActors.ProcessTests.Machine;
using Xunit;

namespace LossActors.ProcessTests.Scenarios;

/// <summary>A search is steered from other shells.</summary>
public sealed class ControlTests : ProcessTest
{
    private const int Budget = 400;

    [Fact(Timeout = Deadline)]
    public async Task A_paused_search_rests_until_another_shell_resumes_it()
    {
        using var search = await AtWorkAsync();
        var run = search.Out.Lines[0];
        Assert.Equal($"{run}: paused", (await CallAsync("pause", run, "--data-dir", "data")).Exits(0).Out);
        Assert.Equal("paused", await StateAsync(run));
        await RestsAsync(run);
        var resting = Record(run).Evaluations();
        Assert.InRange(resting, 1, Budget - 1);

        var resumed = (await CallAsync("resume", run, "--data-dir", "data")).Exits(0);
        Assert.Equal(run, resumed.Out);
        Assert.Equal("running", await StateAsync(run));
        await CompletesAsync(search);
        Record(run).IsCompletedOnce(Budget);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_pause_outlives_the_process_and_resume_ends_it()
    {
        using var search = await AtWorkAsync();
        var run = search.Out.Lines[0];
        (await CallAsync("pause", run, "--data-dir", "data")).Exits(0);
        search.Os.Send(Signal.Kill);
        await search.ExitAsync(Stop);
        Assert.Equal("paused", await StateAsync(run));

        (await CallAsync("resume", run, "--data-dir", "data")).Exits(0);
        Record(run).IsCompletedOnce(Budget);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_stopped_search_finishes_what_it_has_begun_and_has_a_hall_of_fame()
    {
        using var search = await AtWorkAsync();
        var run = search.Out.Lines[0];
        (await CallAsync("stop", run, "--data-dir", "data")).Exits(0);
        await CompletesAsync(search);

        var shown = (await CallAsync("show", run, "--json", "--data-dir", "data")).Exits(0).Json;
        Assert.Equal("completed", shown["state"]!.GetValue<string>());
        Assert.NotEmpty(shown["hallOfFame"]!.AsArray());
        Assert.InRange(shown["evaluations"]!.GetValue<int>(), 1, Budget - 1);
        Record(run).HasNothingTwice();
        Record(run).Holds(Acknowledged.In(search.Out.Lines));
        await VerifiesAsync(run);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_cancelled_search_ends_and_is_not_gone_on_with()
    {
        using var search = await AtWorkAsync();
        var run = search.Out.Lines[0];
        Assert.Equal($"{run}: cancelled", (await CallAsync("cancel", run, "--data-dir", "data")).Exits(0).Out);
        Assert.Equal(1, await search.ExitAsync(Stop));
        await LeavesNobodyAsync(search);
        Assert.Equal("cancelled", await StateAsync(run));

        var evaluations = Record(run).Evaluations();
        (await CallAsync("resume", run, "--data-dir", "data")).IsOneLine(4, "cannot be resumed");
        Assert.Equal(("cancelled", evaluations), (await StateAsync(run), Record(run).Evaluations()));
    }

    [Fact(Timeout = Deadline)]
    public async Task Two_processes_cannot_work_on_one_run()
    {
        using var search = await AtWorkAsync();
        var run = search.Out.Lines[0];
        (await CallAsync("resume", run, "--data-dir", "data")).IsOneLine(1, "is being worked on by another process");
        await CompletesAsync(search);
        Record(run).IsCompletedOnce(Budget);
    }

    private async Task<LossActorsProcess> AtWorkAsync()
    {
        var search = StartSearch(["run", "digits", "--evaluations", $"{Budget}", .. s_shortFinals]);
        await AcknowledgesAsync(search, 20);
        return search;
    }

    private async Task<string> StateAsync(string run) =>
        (await CallAsync("show", run, "--json", "--data-dir", "data")).Exits(0).Json["state"]!.GetValue<string>();

    // What was in flight may still come in; then nothing does.
    private async Task RestsAsync(string run)
    {
        var (before, still) = (-1L, 0);
        while (still < 20)
        {
            var now = Record(run).Evaluations();
            (before, still) = (now, now == before ? still + 1 : 0);
            await Task.Delay(200, Stop);
        }
    }
}
