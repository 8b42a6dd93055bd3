using System.Text.Json.Nodes;
using LossActors.Learning.Losses.Neural;
using Xunit;

namespace LossActors.Cli.Tests;

/// <summary>Runs of the methods without islands, from the first command to the last, with a real evaluator process.</summary>
public sealed class NeuralRunTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lossactors-neural");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task NeuralLossesAreTrainedShownVerifiedExportedAndTested()
    {
        var run = await Cli("run", "breast-cancer", "--preset", "ml3", "--evaluations", "2", "--evaluators", "1", "--progress", "json", "--set", "training.steps=10",
            "--set", "refinement.steps=2", "--set", "refinement.inner-steps=2", "--set", "refinement.checkpoints=1", "--set", "search.final-replicates=2");
        Assert.True(run.ExitCode is 0, run.Error);
        var id = run.Out.Split('\n')[0].Trim();

        var shown = JsonNode.Parse((await Cli("show", id, "--json")).Out)!;
        var best = shown["hallOfFame"]![0]!;
        Assert.Equal(("completed", 2, NeuralLoss.Name), (shown["state"]!.GetValue<string>(), shown["evaluations"]!.GetValue<int>(), best["expression"]!.GetValue<string>()));
        Assert.True(shown["refinementSteps"]!.GetValue<long>() >= 2 * 2 * 2);
        Assert.Contains("neural losses (ml3)", (await Cli("show", id)).Out, StringComparison.Ordinal);

        var verified = await Cli("verify", id);
        Assert.True(verified.ExitCode is 0, verified.Out + verified.Error);
        Assert.Contains("what trainings found is believed", verified.Out, StringComparison.Ordinal);

        var file = Path.Combine(_folder.FullName, "loss.json");
        Assert.Equal(0, (await Cli("export", id, "--to", "json", "-o", file)).ExitCode);
        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), (await Cli("export", file, "--json")).Out);
        Assert.Equal(
            best["weights"]!.AsArray().Select(w => w!.GetValue<double>()),
            JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!["weights"]!.AsArray().Select(w => w!.GetValue<double>()));
        Assert.Contains("class LearnedLoss(nn.Module):", (await Cli("export", id, "--to", "python")).Out, StringComparison.Ordinal);
        (await Cli("export", id, "--to", "latex")).IsOneLine(ExitCode.Usage, "a neural loss has no formula to write as latex");

        var tested = JsonNode.Parse((await Cli("test", id, "--seeds", "2", "--steps", "5", "--json")).Out)!;
        Assert.Equal(NeuralLoss.Name, tested["expression"]!.GetValue<string>());
        var report = (await Cli("report", id, "-o", Path.Combine(_folder.FullName, "reports"))).Out.Trim();
        Assert.Contains("It is a neural network", await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(0, (await Cli("watch", id, "--progress", "none")).ExitCode);
    }

    [Fact]
    public async Task ABaselineRunEndsWellWithoutALearnedLoss()
    {
        var run = await Cli("run", "breast-cancer", "--preset", "baseline", "--evaluators", "1", "--progress", "none", "--set", "training.steps=10", "--set", "search.final-replicates=2");
        Assert.True(run.ExitCode is 0, run.Error);
        var id = run.Out.Split('\n')[0].Trim();
        Assert.Contains("(baseline)", run.Out, StringComparison.Ordinal);

        var shown = JsonNode.Parse((await Cli("show", id, "--json")).Out)!;
        Assert.Equal(("completed", 0), (shown["state"]!.GetValue<string>(), shown["hallOfFame"]!.AsArray().Count));
        Assert.Equal(2, shown["baseline"]!["replicates"]!.AsArray().Count);
        (await Cli("test", id)).IsOneLine(ExitCode.Usage, "it has no learned loss");
        Assert.Equal(0, (await Cli("verify", id)).ExitCode);
        Assert.Equal(0, (await Cli("report", id, "-o", Path.Combine(_folder.FullName, "reports"))).ExitCode);
    }

    private Task<CliRun> Cli(params string[] args) => CliRun.Of([.. args, "--data-dir", Path.Combine(_folder.FullName, "data")]);
}
