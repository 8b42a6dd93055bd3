using System.Text.Json.Nodes;
using Xunit;

namespace LossActors.Cli.Tests;

public sealed class SimulateTests
{
    [Fact]
    public async Task EveryNumberOfEvaluatorsIsSimulatedWithEveryNumberOfIslands()
    {
        var run = await CliRun.Of("simulate", "--evaluators", "1,8", "--islands", "2,4", "--candidates", "200", "--json");

        Assert.Equal(0, run.ExitCode);
        var simulations = JsonNode.Parse(run.Out)!["simulations"]!.AsArray();
        Assert.Equal([(1, 2), (1, 4), (8, 2), (8, 4)], simulations.Select(s => ((int)s!["evaluators"]!, (int)s["islands"]!)));
        Assert.All(simulations, s => Assert.Equal(200, (int)s!["candidates"]!));
        Assert.All(simulations, s => Assert.InRange((double)s!["slotUtilisation"]!, 0.01, 1));
        Assert.All(simulations, s => Assert.True((double)s!["candidatesPerSecond"]! > 0));
    }

    [Fact]
    public async Task ThePeoplesTableHasALineForEachSearch()
    {
        var run = await CliRun.Of("simulate", "--evaluators", "2", "--islands", "2", "--candidates", "100", "--mtbf", "10m", "--hours", "0.5");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("EVALUATORS", run.Out, StringComparison.Ordinal);
        Assert.Equal(2, run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("--evaluators 'x'", "--evaluators", "10,x")]
    [InlineData("--islands '0'", "--islands", "0")]
    [InlineData("--window 'wide'", "--window", "wide")]
    [InlineData("--mtbf 'often'", "--mtbf", "often")]
    [InlineData("--hours '-1'", "--hours", "-1")]
    [InlineData("--speed '0'", "--speed", "0")]
    public async Task ABadOptionIsOneLine(string shown, string option, string value) =>
        (await CliRun.Of("simulate", option, value)).IsOneLine(ExitCode.Usage, shown);

    [Fact]
    public async Task AnUnknownRunIsOneLine() =>
        (await CliRun.Of("simulate", "nothing", "--data-dir", Path.Combine(Path.GetTempPath(), $"none-{Environment.ProcessId}"))).IsOneLine(ExitCode.Usage, "no run 'nothing'");
}
