using Xunit;

namespace LossActors.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("no command given")]
    [InlineData("unknown command 'rnu', did you mean run", "rnu")]
    [InlineData("unknown command 'a\\u000ab'", "a\nb")]
    [InlineData("unknown option '--frobnicate'", "--frobnicate")]
    [InlineData("unknown option '--jsn', did you mean --json?", "runs", "--jsn")]
    [InlineData("unknown option '--keyz', did you mean --keys?", "experiments", "--keyz")]
    [InlineData("unknown argument 'b'", "experiments", "digits", "b")]
    [InlineData("no built-in experiment 'digit'; did you mean digits?", "experiments", "digit")]
    [InlineData("Required argument 'RUN' missing", "show")]
    [InlineData("Required argument missing", "show", "x", "--data-dir")]
    [InlineData("Required argument 'KEY=VALUE' missing", "change", "x")]
    [InlineData("Required argument 'N' missing", "islands", "close", "x")]
    [InlineData("Required argument 'LOSS' missing", "inject", "x")]
    [InlineData("Required argument 'NODE' missing", "drain", "x")]
    [InlineData("no run 'x'", "islands", "add", "x", "--data-dir", "nowhere")]
    [InlineData("no run 'x'", "drain", "x", "h:1", "--data-dir", "nowhere")]
    public async Task WrongUsageIsOneLineAndExitsWith2(string message, params string[] args) =>
        (await CliRun.Of(args)).IsOneLine(ExitCode.Usage, message);

    [Fact]
    public async Task HelpAndVersionAreData()
    {
        var help = await CliRun.Of("--help");
        Assert.Equal((0, ""), (help.ExitCode, help.Error));
        Assert.Contains("experiments", help.Out, StringComparison.Ordinal);

        var version = await CliRun.Of("--version");
        Assert.Equal((0, ""), (version.ExitCode, version.Error));
        Assert.Matches(@"^\d+\.\d+\.\d+", version.Out);
    }

    [Fact]
    public async Task RandomArgumentsEndInAnExitCodeAndAtMostOneLine()
    {
        string[] words = ["experiments", "datasets", "runs", "show", "--json", "--data-dir", "-x", "--", "@file", "\"", "", "'", "a b", "--set", "=", "[suggest]", "\u0000"];
        var random = new Random(1);
        for (var i = 0; i < 300; i++)
        {
            var run = await CliRun.Of([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => words[random.Next(words.Length)])]);
            Assert.InRange(run.ExitCode, 0, 5);
            Assert.True(run.Error.Count(c => c == '\n') <= 1, run.Error);
        }
    }
}
