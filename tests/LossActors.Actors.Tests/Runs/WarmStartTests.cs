using LossActors.Actors.Experiments;
using LossActors.Actors.Hosting;
using LossActors.Actors.Record;
using LossActors.Expressions;
using LossActors.Expressions.Canonical;
using LossActors.Expressions.Known;
using Xunit;

namespace LossActors.Actors.Tests.Runs;

public sealed class WarmStartTests : SearchTest
{
    [Fact]
    public async Task TheyAreDealtOutToTheIslandsAndAreTheirFirstBirths()
    {
        await RunToEnd(Options(With(Small(), new() { Losses = ["ace", "squared-error"], Expressions = ["y * log(f)", "square(f - y)", "abs(y - f)"] })));

        // square(f - y) is squared error again. Three islands: the first gets the first and the fourth.
        string[] expected = [Form("ace"), Form("squared-error"), "mul(y, log(f))", "abs(sub(y, f))"];
        Assert.Equal([Canonical(expected[0]), Canonical(expected[3])], Born(0));
        Assert.Equal([Canonical(expected[1])], Born(1));
        Assert.Equal([Canonical(expected[2])], Born(2));
    }

    [Fact]
    public async Task EverywhereGivesEachToAllIslands()
    {
        await RunToEnd(Options(With(Small(), new() { Losses = ["cross-entropy", "ace"], Distribution = WarmStartDistribution.Everywhere })));
        Assert.All(Enumerable.Range(0, 3), island => Assert.Equal([Canonical(Form("cross-entropy")), Canonical(Form("ace"))], Born(island)));
    }

    [Fact]
    public async Task AnotherRunsHallOfFameIsStoredWithTheRunThatStartsFromIt()
    {
        await RunToEnd(Options(Small(), "first"));
        var hall = Show("first").HallOfFame.Select(row => Expression.Parse(row.Expression).WithWeights(row.Weights.AsSpan())).ToList();
        await RunToEnd(Options(With(Small(), new() { Runs = ["first"] }), "second"));
        await RunToEnd(Options(With(Small(), new() { Runs = [$"first#{hall.Count}", $"fir#{hall.Count}"] }), "third"));

        var stored = Show("second").Experiment.Search.WarmStart;
        Assert.True(stored.IsResolved);
        Assert.Equal(hall, stored.Expressions.Select(Expression.Parse));
        Assert.Equal([hall[^1]], Show("third").Experiment.Search.WarmStart.Expressions.Select(Expression.Parse));
        Assert.True(RunVerifier.Verify(Database, "second").Agrees);
    }

    [Fact]
    public async Task AStrictRunGoesOnFromItsOwnExperimentWhenFileAndRunAreGone()
    {
        var file = Path.Combine(Folder.Data.Root, "starts.txt");
        Directory.CreateDirectory(Folder.Data.Root);
        await File.WriteAllTextAsync(file, "# mine\n\n1.2*y * log(f)\nsquare(y - 0.9*f)\n", TestContext.Current.CancellationToken);
        var experiment = With(Small(strict: true), new() { File = file, Losses = ["focal"] });
        var undisturbed = await RunToEnd(Options(experiment, "calm"));

        var node = await SearchNode.StartAsync(Options(experiment, "stormy"), TestContext.Current.CancellationToken);
        await Acknowledged(node, 10);
        await Abort(node);
        File.Delete(file);
        Assert.Equal(undisturbed, await RunToEnd(Options(Show("stormy").Experiment, "stormy", resume: true)));
        Assert.Equal([Canonical("mul(1.2*y, log(f))")], Born(1, "stormy"));
    }

    [Fact]
    public async Task KnownLossesThatDoNotFitAreLeftOutWithANoticeAndWhatAUserWroteIsRefused()
    {
        var options = Options(With(Small(), new() { Losses = ["cross-entropy", "squared-error", "pseudo-huber"] }));
        var small = options with
        {
            Experiment = options.Experiment with { Search = options.Experiment.Search with { Island = options.Experiment.Search.Island with { MaxInitialHeight = 3, MaxHeight = 3 } } },
            Inspect = _ => new TaskFacts("data", "mse"),
        };
        var node = await SearchNode.StartAsync(small, TestContext.Current.CancellationToken);
        Assert.Equal(
            [
                "warm start: cross-entropy is left out, since it does not apply to regression",
                "warm start: pseudo-huber is left out, since it is 5 high, above experiment.search.max-height (3)",
            ],
            node.Notices);
        await Finish(node);
        Assert.Equal([Canonical("square(sub(y, f))")], Born(0));

        Assert.StartsWith("experiment.search.warm-start.runs: r1 has no rank 99; its hall of fame has ", (await Refused(new() { Runs = ["r1#99"] })).Message, StringComparison.Ordinal);
        Assert.Contains("after # comes a rank", (await Refused(new() { Runs = ["r1#x"] })).Message, StringComparison.Ordinal);
        Assert.StartsWith("There is no run 'r7'", (await Refused(new() { Runs = ["r7"] })).Message, StringComparison.Ordinal);
        var file = Path.Combine(Folder.Data.Root, "wrong.txt");
        Assert.Contains("cannot read", (await Refused(new() { File = file })).Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, "y*log(f)\nlog(f)\n", TestContext.Current.CancellationToken);
        Assert.Equal($"{Shown.Bare(file)}:2: 'log(f)' is no loss: it needs both y and f", (await Refused(new() { File = file })).Message);
        await File.WriteAllTextAsync(file, "y*lg(f)\n", TestContext.Current.CancellationToken);
        Assert.StartsWith($"{Shown.Bare(file)}:1: 'y*lg(f)': ", (await Refused(new() { File = file })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARunNeedsADatabaseOnlyWhereItStartsFromAnotherRun() =>
        Assert.Contains("there is no database", (await Refused(new() { Runs = ["r1"] })).Message, StringComparison.Ordinal);

    private static Experiment With(Experiment experiment, WarmStartSettings starts) => experiment with { Search = experiment.Search with { WarmStart = starts } };

    private static string Form(string name) => KnownLosses.Find(name)!.Form(Prediction.Distribution, 10)!.ToString();

    private static string Canonical(string text) => Canonicalizer.Canonical(Expression.Parse(text)).ToString();

    private async Task<Exception> Refused(WarmStartSettings starts) =>
        (await Xunit.Record.ExceptionAsync(() => SearchNode.StartAsync(Options(With(Small(), starts), "refused"))))!;

    private RunDetails Show(string run)
    {
        using var reader = RecordReader.Open(Database);
        return reader.Show(run);
    }

    private List<string> Born(int island, string run = "r1")
    {
        using var reader = RecordReader.Open(Database);
        return [.. reader.Candidates(run).Where(c => c.Island == island && c.Origin == "warm-start").OrderBy(c => c.Birth)
            .Select(c => Expression.Parse(c.Expression).WithWeights(c.Weights.AsSpan()).ToString())];
    }
}
