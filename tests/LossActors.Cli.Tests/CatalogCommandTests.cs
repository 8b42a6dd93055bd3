using System.Text.Json.Nodes;
using LossActors.Actors.Experiments;
using Xunit;

namespace LossActors.Cli.Tests;

public sealed class CatalogCommandTests
{
    [Fact]
    public async Task ExperimentsPrintsAFileReadyToCopy()
    {
        var run = await CliRun.Of("experiments", "digits");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("digits", ExperimentReader.Parse(run.Out).Name);
    }

    [Fact]
    public async Task ExperimentsListsNamesKeysAndJson()
    {
        Assert.Contains("fashion-mnist-lenet5", (await CliRun.Of("experiments")).Out, StringComparison.Ordinal);
        Assert.Contains("experiment.search.islands = 4", (await CliRun.Of("experiments", "--keys")).Out, StringComparison.Ordinal);
        Assert.Equal("digits", JsonNode.Parse((await CliRun.Of("experiments", "--json")).Out)![0]!["name"]!.GetValue<string>());
        Assert.Equal(4, JsonNode.Parse((await CliRun.Of("experiments", "digits", "--json")).Out)!["experiment"]!["search"]!["islands"]!.GetValue<int>());
    }

    [Fact]
    public async Task PresetsAreListedAndPrintedLikeExperiments()
    {
        Assert.Contains("PRESET", (await CliRun.Of("experiments")).Out, StringComparison.Ordinal);
        Assert.Contains(
            JsonNode.Parse((await CliRun.Of("experiments", "--json")).Out)!.AsArray(),
            e => (e!["kind"]!.GetValue<string>(), e["name"]!.GetValue<string>()) == ("preset", "evomal"));
        Assert.Equal(ExperimentCatalog.Find("evomal")!.Text, (await CliRun.Of("experiments", "evomal")).Out);
        Assert.Equal(
            ExperimentWriter.ToJson(ExperimentReader.Read("diabetes", ["evomal"], [])),
            ExperimentWriter.ToJson(ExperimentReader.Parse((await CliRun.Of("experiments", "diabetes", "--preset", "evomal")).Out)));
    }

    [Fact]
    public async Task LossesListsTheKnownOnes()
    {
        Assert.Contains("sparse-label-smoothing", (await CliRun.Of("losses")).Out, StringComparison.Ordinal);
        var ace = JsonNode.Parse((await CliRun.Of("losses", "--json")).Out)!.AsArray().Single(l => l!["name"]!.GetValue<string>() == "ace")!;
        Assert.Equal("abs(log(1.1*mul(y, f)))", ace["tenClasses"]!.GetValue<string>());
        Assert.Null(ace["regression"]);
    }

    [Fact]
    public async Task NetworksListsParameters()
    {
        var networks = JsonNode.Parse((await CliRun.Of("networks", "--json")).Out)!.AsArray();
        Assert.Equal(11_173_962, networks.Single(n => n!["name"]!.GetValue<string>() == "resnet18")!["parameters"]!.GetValue<int>());
        Assert.Contains("14,728,266", (await CliRun.Of("networks")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DatasetsListsSizes()
    {
        var digits = JsonNode.Parse((await CliRun.Of("datasets", "--json")).Out)!.AsArray().Single(d => d!["name"]!.GetValue<string>() == "digits")!;
        Assert.Equal(1797, digits["instances"]!.GetValue<int>());
        Assert.True(digits["present"]!.GetValue<bool>());
        Assert.Null(digits["bytesToFetch"]);
        Assert.Contains("breast-cancer", (await CliRun.Of("datasets")).Out, StringComparison.Ordinal);
    }
}
