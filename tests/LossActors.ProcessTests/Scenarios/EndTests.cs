using LossActors.ProcessTests.Machine;
using Xunit;

namespace LossActors.ProcessTests.Scenarios;

/// <summary>How searches end by themselves, and which go on after that.</summary>
public sealed class EndTests : ProcessTest
{
    [Fact(Timeout = Deadline)]
    public async Task A_time_limit_ends_a_search_and_only_a_longer_one_goes_on_with_it()
    {
        using var search = StartSearch(["run", "digits", "--evaluations", "100000", "--time", "4s", .. s_quick]);
        await CompletesAsync(search);
        var run = search.Out.Lines[0];
        var (evaluations, elapsed) = await ShownAsync(run);
        Assert.InRange(elapsed, 4, double.MaxValue);

        (await ResumeAsync(run)).Exits(0);
        (await ResumeAsync(run, "--time", "4s")).Exits(0);
        (await ResumeAsync(run, "--evaluations", "200000")).IsOneLine(4, "give a larger --time as well");
        Assert.Equal((evaluations, elapsed), await ShownAsync(run));

        var longer = FormattableString.Invariant($"{elapsed + 6:F0}s");
        (await ResumeAsync(run, "--time", longer)).Exits(0);
        var (more, whole) = await ShownAsync(run);
        Assert.InRange(more, evaluations + 1, 99_999);
        Assert.InRange(whole, elapsed + 5, double.MaxValue);
        Record(run).HasNothingTwice();
        Record(run).Holds(Acknowledged.In(search.Out.Lines));
        await VerifiesAsync(run);

        // The limit that ended it last is the one that counts.
        (await ResumeAsync(run)).Exits(0);
        Assert.Equal((more, whole), await ShownAsync(run));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_search_in_which_every_candidate_is_rejected_exits_with_3()
    {
        var answer = (await CallAsync(
            ["run", "digits", "--evaluations", "12", "--set", "search.primitives=[y, f, add]", "--data-dir", "data", .. s_shortFinals])).Exits(3);
        var run = Assert.Single(answer.Out.Split('\n'));
        Assert.Contains($"{run} found no valid loss", answer.Error, StringComparison.Ordinal);
        Record(run).IsCompletedOnce(12);
        Assert.All(Record(run).Candidates(), c => Assert.Null(c.Fitness));
        (await ResumeAsync(run)).Exits(3);
        (await CallAsync("export", run, "--to", "python", "--data-dir", "data")).IsOneLine(3, "no valid loss");
    }

    private async Task<(int Evaluations, double Elapsed)> ShownAsync(string run)
    {
        var shown = (await CallAsync("show", run, "--json", "--data-dir", "data")).Exits(0).Json;
        Assert.Equal("completed", shown["state"]!.GetValue<string>());
        return (shown["evaluations"]!.GetValue<int>(), shown["elapsedSeconds"]!.GetValue<double>());
    }

    private Task<Answer> ResumeAsync(string run, params string[] more) => CallAsync(["resume", run, "--data-dir", "data", .. more]);
}
