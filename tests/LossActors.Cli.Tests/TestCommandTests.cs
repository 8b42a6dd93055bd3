using System.Text.Json.Nodes;
using Xunit;

namespace LossActors.Cli.Tests;

public sealed class TestCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lossactors-test");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task AnExpressionIsComparedWithTheTaskLossOnTheTestSet()
    {
        var run = await CliRun.Of("test", "-1*y*log(f)", "--dataset", "breast-cancer", "--network", "linear", "--seeds", "3", "--steps", "20", "--json");
        Assert.Equal(0, run.ExitCode);
        var json = JsonNode.Parse(run.Out)!;
        Assert.Equal("breast-cancer", json["dataset"]!.GetValue<string>());
        Assert.Equal(20, json["steps"]!.GetValue<int>());
        Assert.Equal(3, json["learned"]!["errors"]!.AsArray().Count);
        Assert.Equal(3, json["difference"]!["pairs"]!.GetValue<int>());
    }

    [Fact]
    public async Task ALossUnderWhichNetworksDivergeIsWorseAndHasNoMean()
    {
        string[] args = ["test", "square(sub(y, f))", "--dataset", "diabetes", "--learning-rate", "50", "--seeds", "6", "--steps", "40"];
        var text = await CliRun.Of(args);
        Assert.Contains("Networks diverged on 6 of 6 seeds under the learned loss, on 0 under the task loss, which counts as the largest error. The learned loss is worse, significantly at 5 %", text.Out, StringComparison.Ordinal);

        var json = JsonNode.Parse((await CliRun.Of([.. args, "--json"])).Out)!;
        Assert.Null(json["learned"]!["mean"]);
        Assert.Null(json["difference"]!["mean"]);
        Assert.Equal((6, 6), (json["difference"]!["pairs"]!.GetValue<int>(), json["difference"]!["diverged"]!.GetValue<int>()));
        Assert.Equal(2 / 64.0, json["difference"]!["wilcoxon"]!.GetValue<double>(), 1e-12);
    }

    [Fact]
    public async Task AKnownLossTakesTheFormThatFitsTheTask()
    {
        string[] small = ["--dataset", "breast-cancer", "--network", "linear", "--seeds", "1", "--steps", "1", "--json"];
        var json = JsonNode.Parse((await CliRun.Of(["test", "cross-entropy", .. small])).Out)!;
        Assert.Equal(
            ("cross-entropy", "add(mul(y, log(f)), mul(sub(1, y), log(sub(1, f))))"), (json["loss"]!.GetValue<string>(), json["expression"]!.GetValue<string>()));
        (await CliRun.Of("test", "cross-entropy", "--dataset", "diabetes")).IsOneLine(ExitCode.Usage, "cross-entropy does not apply to regression");
    }

    [Theory]
    [InlineData("1.5*mul(y, f)")]
    [InlineData("# a comment\n\n1.5 * (y * f)\n")]
    [InlineData("""{ "expression": "mul(y, f)", "weights": [1.5, 1, 1] }""")]
    public async Task ALossMayStandInAFile(string text)
    {
        var file = Write(text);
        var run = await CliRun.Of("test", file, "--dataset", "breast-cancer", "--network", "linear", "--seeds", "1", "--steps", "1", "--json");
        var json = JsonNode.Parse(run.Out)!;
        Assert.Equal("mul(y, f)", json["expression"]!.GetValue<string>());
        Assert.Equal([1.5, 1, 1], json["weights"]!.AsArray().Select(w => w!.GetValue<double>()));
    }

    [Theory]
    [InlineData("malformed expression", "log(f")]
    [InlineData("no run 'nope'", "nope")]
    [InlineData("no run '20261128'", "20261128")]
    [InlineData("malformed expression", "y-")]
    [InlineData("'y' is no loss: it needs both y and f", "y")]
    [InlineData("'log(f) * 2' is no loss: it needs both y and f", "log(f) * 2")]
    [InlineData("after # comes a rank", "nope#0")]
    [InlineData("--seeds '0'", "y*f", "--seeds", "0")]
    [InlineData("--tune 'neither'", "y*f", "--tune", "neither")]
    [InlineData("contradict each other", "y*f", "--tune", "both", "--learning-rate", "0.1")]
    [InlineData("--dataset irises: experiment.task.dataset must be one of digits,", "y*f", "--dataset", "irises")]
    [InlineData("--network resnet: experiment.network.kind must be one of linear,", "y*f", "--network", "resnet")]
    [InlineData("lenet5 needs images", "y*f", "--network", "lenet5")]
    [InlineData("--set a=1: unknown key experiment.a", "y*f", "--set", "a=1")]
    public async Task WrongInputIsOneLine(string message, params string[] args)
    {
        var dataDir = Path.Combine(_folder.FullName, "data");
        (await CliRun.Of(["test", .. args, "--data-dir", dataDir])).IsOneLine(ExitCode.Usage, message);
        Assert.False(Directory.Exists(dataDir));
    }

    [Theory]
    [InlineData("""{ "expression": 3 }""")]
    [InlineData("""{ "expression": "mul(y, f)", "weights": [1] }""")]
    [InlineData("{")]
    [InlineData("log(")]
    [InlineData("")]
    public async Task AFileWithoutALossIsOneLine(string text)
    {
        var file = Write(text);
        (await CliRun.Of("test", file)).IsOneLine(ExitCode.Usage, file);
    }

    [Fact]
    public async Task ADeviceThatIsNotThereExitsWith5() =>
        (await CliRun.Of("test", "y*f", "--device", "cuda:99", "--seeds", "1")).IsOneLine(ExitCode.Environment, "cuda:99");

    private string Write(string text)
    {
        var file = Path.Combine(_folder.FullName, "loss.txt");
        File.WriteAllText(file, text);
        return file;
    }
}
