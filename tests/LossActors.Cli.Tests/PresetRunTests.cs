using System.Text.Json.Nodes;
using LossActors.Actors.Experiments;
using Xunit;

namespace LossActors.Cli.Tests;

/// <summary>Each preset in a tiny search over an experiment, with a real evaluator process.</summary>
public sealed class PresetRunTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lossactors-preset");

    public static TheoryData<string> Names => [.. ExperimentCatalog.Presets.Select(p => p.Name)];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task APresetSearchesOnTheTaskOfAnExperiment(string preset)
    {
        var method = ExperimentReader.Read(preset).Search.Method;
        var startsFromFormulas = method == SearchMethod.Evolution;
        string[] small =
        [
            "search.population=8", "search.initial-population=0", "training.steps=20", "filters.steps=50", "refinement.steps=2", "refinement.inner-steps=1",
            "search.finalists=2", "search.final-replicates=1",
            .. startsFromFormulas ? (string[])["search.warm-start.losses=cross-entropy,ace"] : [],
        ];
        var run = await CliRun.Of(
            ["run", "breast-cancer", "--preset", preset, "--evaluations", "24", "--evaluators", "1", "--progress", "none",
             .. small.SelectMany(s => (string[])["--set", s]), "--data-dir", _folder.FullName]);
        Assert.True(run.ExitCode is 0, run.Error);
        var id = run.Out.Split('\n')[0].Trim();
        var shown = JsonNode.Parse((await CliRun.Of("show", id, "--json", "--data-dir", _folder.FullName)).Out)!;
        Assert.Equal((method == SearchMethod.Baseline ? 0 : 24, "completed"), (shown["evaluations"]!.GetValue<int>(), shown["state"]!.GetValue<string>()));
        Assert.Equal(method == SearchMethod.Baseline, shown["hallOfFame"]!.AsArray().Count == 0);
        Assert.Equal(startsFromFormulas ? 2 : 0, shown["experiment"]!["search"]!["warm-start"]!["expressions"]!.AsArray().Count);
        var verified = await CliRun.Of("verify", id, "--data-dir", _folder.FullName);
        Assert.True(verified.ExitCode is 0, verified.Out + verified.Error);
    }
}
