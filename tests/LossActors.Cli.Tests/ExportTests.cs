using System.Text.Json.Nodes;
using LossActors.Expressions;
using Xunit;

namespace LossActors.Cli.Tests;

public sealed class ExportTests
{
    [Fact]
    public async Task AnExportedExpressionIsTheSameLoss()
    {
        var loss = Expression.Parse("0.98*log(1.2*f)*y");
        Assert.Equal(loss, Expression.Parse((await CliRun.Of("export", "0.98*log(1.2*f)*y", "--to", "expression")).Out.Trim()));

        var json = JsonNode.Parse((await CliRun.Of("export", "0.98*log(1.2*f)*y", "--to", "json")).Out)!;
        Assert.Equal("mul(log(f), y)", json["expression"]!.GetValue<string>());
        Assert.Equal(loss.Weights, json["weights"]!.AsArray().Select(w => w!.GetValue<double>()));
    }

    [Fact]
    public async Task AKnownLossIsExportedByNameInTheFormForItsClasses()
    {
        Assert.Equal("abs(log(1.1*mul(y, f)))", (await CliRun.Of("export", "ace", "--to", "expression")).Out.Trim());
        Assert.Equal(
            "add(abs(log(1.1*mul(y, f))), abs(log(1.1*mul(sub(1, y), sub(1, f)))))", (await CliRun.Of("export", "ace/2", "--to", "expression")).Out.Trim());
        Assert.Equal("-1*mul(add(0.9*y, 0.001*1), log(f))", (await CliRun.Of("export", "label-smoothing/100", "--to", "expression")).Out.Trim());
    }

    [Theory]
    [InlineData("python", "def ")]
    [InlineData("csharp", "class ")]
    [InlineData("latex", "\\")]
    public async Task CodeGoesToAFileThatIsAskedFor(string form, string containing)
    {
        var folder = Directory.CreateTempSubdirectory("lossactors-export");
        try
        {
            var file = Path.Combine(folder.FullName, "loss.txt");
            var run = await CliRun.Of("export", "log(y*f)", "--to", form, "-o", file);
            Assert.Equal((0, "", ""), (run.ExitCode, run.Out, run.Error));
            Assert.Contains(containing, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Single(folder.GetFiles());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("malformed expression", "log(", "--to", "python")]
    [InlineData("no run 'nope'", "nope", "--to", "python")]
    [InlineData("--to 'fortran': expected expression, latex, python, csharp or json", "y*f", "--to", "fortran")]
    [InlineData("export takes either --to expression|latex|python|csharp|json or --json", "y*f")]
    [InlineData("'ace/one': after / comes the number of classes, 2 or more", "ace/one", "--to", "latex")]
    [InlineData("cannot write /nowhere/at/all.py", "y*f", "--to", "python", "-o", "/nowhere/at/all.py")]
    public async Task WrongInputIsOneLine(string message, params string[] args) =>
        (await CliRun.Of(["export", .. args])).IsOneLine(ExitCode.Usage, message);
}
