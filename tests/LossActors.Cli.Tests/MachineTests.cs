using System.Text.Json.Nodes;
using Xunit;

namespace LossActors.Cli.Tests;

public sealed class MachineTests
{
    [Fact]
    public async Task VerifyCountsTheRowsThatAgree()
    {
        var run = await CliRun.Of("verify", Path.Combine(AppContext.BaseDirectory, "Golden", "expressions.jsonl"));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("200 of 200 agree, worst error ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VerifyExitsWith1IfARowDisagrees()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(
                file, """{"expr": "mul(y, f)", "w": [1, 1, 1], "y": [1], "f": [2], "value": [2.5], "d_f": [1], "sum_d_w": [0, 2, 2], "sum_d2_f_w": [0, 1, 1]}""", TestContext.Current.CancellationToken);
            var run = await CliRun.Of("verify", file);
            Assert.Equal(1, run.ExitCode);
            Assert.StartsWith("0 of 1 agree", run.Out, StringComparison.Ordinal);
            Assert.StartsWith("line 1: value", run.Error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not json")]
    public async Task AMalformedFileOfVectorsIsOneLine(string text)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
            (await CliRun.Of("verify", file)).IsOneLine(ExitCode.Usage, file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task AMissingFileOfVectorsIsOneLine() =>
        (await CliRun.Of("verify", "/nowhere/x.jsonl")).IsOneLine(ExitCode.Usage, "/nowhere/x.jsonl");

    [Fact]
    public async Task DoctorSaysWhatItFoundAndLeavesNothingBehind()
    {
        var folder = Directory.CreateTempSubdirectory("lossactors-doctor");
        try
        {
            var run = await CliRun.Of("doctor", "--json", "--data-dir", Path.Combine(folder.FullName, "data"));
            var json = JsonNode.Parse(run.Out)!;
            Assert.Equal(json["ok"]!.GetValue<bool>() ? 0 : 5, run.ExitCode);
            Assert.Contains(json["checks"]!.AsArray(), c => c!["name"]!.GetValue<string>() == "database" && c["ok"]!.GetValue<bool>());
            Assert.Contains(json["checks"]!.AsArray(), c => c!["name"]!.GetValue<string>() == "loopback port" && c["ok"]!.GetValue<bool>());
            Assert.Empty(folder.EnumerateFileSystemInfos());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task DoctorExitsWith5AndARemedyIfSomethingNeededIsMissing()
    {
        var run = await CliRun.Of("doctor", "--json", "--device", "cuda:99");
        Assert.Equal(5, run.ExitCode);
        var failed = JsonNode.Parse(run.Out)!["checks"]!.AsArray().Where(c => !c!["ok"]!.GetValue<bool>()).ToList();
        Assert.NotEmpty(failed);
        Assert.All(failed, c => Assert.False(string.IsNullOrEmpty(c!["remedy"]!.GetValue<string>())));
    }
}
