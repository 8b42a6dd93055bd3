using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LossActors.Actors.Experiments;
using LossActors.Actors.Record;
using LossActors.Cli.Comparison;
using LossActors.Cli.Output;
using LossActors.Learning.MetaTesting;
using LossActors.Learning.Protocols;
using Xunit;

namespace LossActors.Cli.Tests;

public sealed class CompareTests
{
    private static readonly RunDetails s_run = SampleRun.Create().Run;

    private static RunDetails OnOtherSteps => s_run with
    {
        Run = "other",
        Experiment = s_run.Experiment with { Protocol = s_run.Experiment.Protocol with { Training = new TrainingSettings { Steps = 7 } } },
    };

    [Fact]
    public void RunsThatDifferOnlyInTheirSearchCanBeCompared()
    {
        var other = s_run with { Experiment = s_run.Experiment with { Search = s_run.Experiment.Search with { Islands = 9 } } };
        Assert.True(new RunSides([s_run, other]).ShareTask);
        Assert.False(new RunSides([s_run, OnOtherSteps]).ShareTask);
        Assert.False(new RunSides([s_run, s_run with { DataHash = "changed" }]).ShareTask);
    }

    [Fact]
    public void RunsOnOtherTasksAreShownWithANote()
    {
        var text = Write([s_run, OnOtherSteps], null, json: false);
        Assert.Contains("cannot be compared", text, StringComparison.Ordinal);
        Assert.Contains(s_run.Run, text, StringComparison.Ordinal);

        var json = JsonNode.Parse(Write([s_run, OnOtherSteps], null, json: true))!;
        Assert.False(json["comparable"]!.GetValue<bool>());
        Assert.Equal(s_run.HallOfFame[0].Expression, json["runs"]![0]!["best"]!["expression"]!.GetValue<string>());
        Assert.Equal(Interval.Of(s_run.HallOfFame[0].Replicates).Low, json["runs"]![0]!["best"]!["low"]!.GetValue<double>());
    }

    [Theory]
    [InlineData("steady-state, refines elites", "digits")]
    [InlineData("generational, refines none", "gp")]
    [InlineData("ml3", "ml3")]
    [InlineData("random trees, refines none", "gp", "search.random=true")]
    public void HowARunSearchesIsSaidInAFewWords(string words, string experiment, params string[] set) =>
        Assert.Equal(words, SearchWords.Of(ExperimentReader.Read(experiment, set.Select(ExperimentOverride.Parse))));

    // Three losses make three pairs: the smallest p is tripled, the largest stays.
    [Fact]
    public void EveryPairIsTestedOnceAndCorrectedForTheOthers()
    {
        var tests = PairwiseTest.All([Loss("a", 0.1, 0.2, 0.3), Loss("b", 0.2, 0.31, 0.4), Loss("c", 0.1, 0.2, 0.33)]);

        Assert.Equal([("a", "b"), ("a", "c"), ("b", "c")], tests.Select(t => (t.First.Label, t.Second.Label)));
        var ordered = tests.OrderBy(t => t.Comparison.TTest).ToList();
        Assert.Equal(3 * ordered[0].Comparison.TTest!.Value, ordered[0].HolmT!.Value, 1e-12);
        Assert.Equal(Math.Max(ordered[2].Comparison.TTest!.Value, ordered[1].HolmT!.Value), ordered[2].HolmT!.Value, 1e-12);
    }

    [Fact]
    public void TestedLossesAndTheirPairsAreInTheJson()
    {
        var test = JsonNode.Parse(Write([s_run], [Loss("cross-entropy", 0.1, 0.2), Loss(s_run.Run, 0.05, 0.1)], json: true))!["test"]!;
        Assert.Equal(["cross-entropy", s_run.Run], test["losses"]!.AsArray().Select(l => l!["of"]!.GetValue<string>()));
        Assert.Equal(0.075, test["pairs"]![0]!["mean"]!.GetValue<double>(), 1e-12);
    }

    private static Contestant Loss(string label, params double[] errors)
    {
        ImmutableArray<double> values = [.. errors];
        return new Contestant(label, new MetaTestArm(0.01, values, Interval.Of(values), null));
    }

    private static string Write(IReadOnlyList<RunDetails> runs, IReadOnlyList<Contestant>? contestants, bool json)
    {
        using var output = new StringWriter();
        CompareOutput.Write(new CliEnvironment { Out = output, Error = TextWriter.Null }, new RunSides(runs), contestants, json);
        return output.ToString();
    }
}
