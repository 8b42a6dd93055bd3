using System.Text.Json.Nodes;
using LossActors.Cli.Output;
using LossActors.Expressions;
using Xunit;

namespace LossActors.Cli.Tests;

/// <summary>One small search from the first command to the last, with a real evaluator process.</summary>
public sealed class EndToEndTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lossactors-end-to-end");

    // Quotes and spaces, as folders of people have them.
    private string DataDir => Path.Combine(_folder.FullName, OperatingSystem.IsWindows() ? "my data" : "my \"data\" 'here'");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task ASearchRunsIsShownVerifiedReportedExportedAndResumed()
    {
        var run = await Cli("run", "breast-cancer", "--evaluations", "16", "--evaluators", "1", "--seed", "3", "--name", "tiny", "--progress", "json",
            "--set", "search.islands=2", "--set", "training.steps=20", "--set", "filters.steps=100", "--set", "search.final-replicates=2");
        Assert.True(run.ExitCode is 0, run.Error);
        var lines = run.Out.TrimEnd().Split('\n');
        var id = lines[0].Trim();
        Assert.Contains("tiny", id, StringComparison.Ordinal);
        var events = lines.Skip(1).Select(l => JsonNode.Parse(l)!).ToList();
        var judged = events.Where(e => e["event"]!.GetValue<string>() == "judged").Select(e => e["candidate"]!.GetValue<string>()).ToList();
        Assert.Equal(16, judged.Count);
        Assert.Equal(16, judged.Distinct().Count());
        Assert.Equal("completed", events[^1]["event"]!.GetValue<string>());
        Assert.Single(events, e => e["event"]!.GetValue<string>() == "state" && e["state"]!.GetValue<string>() == "running");
        Assert.True(File.Exists(Path.Combine(DataDir, "logs", id + ".log")));
        Assert.Equal([DataDir], _folder.GetFileSystemInfos().Select(i => i.FullName));

        var shown = JsonNode.Parse((await Cli("show", id, "--json")).Out)!;
        Assert.Equal((16, "completed", 3), (shown["evaluations"]!.GetValue<int>(), shown["state"]!.GetValue<string>(), shown["seed"]!.GetValue<int>()));
        Assert.Equal(id, JsonNode.Parse((await Cli("runs", "--json")).Out)![0]!["run"]!.GetValue<string>());

        var best = shown["hallOfFame"]![0]!;
        var exported = Expression.Parse((await Cli("export", id, "--to", "expression")).Out.Trim());
        Assert.Equal(best["weights"]!.AsArray().Select(w => w!.GetValue<double>()), exported.Weights);
        (await Cli("export", id + "#999", "--to", "expression")).IsOneLine(ExitCode.Usage, "no rank 999");

        var compared = JsonNode.Parse((await Cli("compare", id, "--test", "--seeds", "2", "--json")).Out)!;
        Assert.Equal((id, best["expression"]!.GetValue<string>()), (compared["runs"]![0]!["run"]!.GetValue<string>(), compared["runs"]![0]!["best"]!["expression"]!.GetValue<string>()));
        Assert.Equal(("cross-entropy", id), (compared["test"]!["pairs"]![0]!["first"]!.GetValue<string>(), compared["test"]!["pairs"]![0]!["second"]!.GetValue<string>()));
        (await Cli("compare", id, id)).IsOneLine(ExitCode.Usage, "is named twice");
        (await Cli("compare", id, "nope")).IsOneLine(ExitCode.Usage, "nope");

        var verified = await Cli("verify", id);
        Assert.True(verified.ExitCode is 0, verified.Out + verified.Error);

        var report = (await Cli("report", id, "-o", Path.Combine(_folder.FullName, "reports"))).Out.Trim();
        Assert.Contains("<h2>Hall of fame</h2>", await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var watched = await Cli("watch", id, "--progress", "none");
        Assert.Equal(0, watched.ExitCode);
        var again = await Cli("resume", id, "--progress", "none");
        Assert.Equal((0, id), (again.ExitCode, again.Out.Split('\n')[0].Trim()));
        (await Cli("resume", id, "--seed", "4", "--evaluations", "20")).IsOneLine(ExitCode.ResumeRefused, "search.seed is 4, was 3");
        (await Cli("resume", id, "--seed", "4")).IsOneLine(ExitCode.ResumeRefused, "search.seed is 4, was 3");
        (await Cli("resume", id, "--set", "network.kind=mlp")).IsOneLine(ExitCode.ResumeRefused, "network.kind is \"mlp\", was \"linear\"");

        var json = JsonNode.Parse((await Cli("watch", id, "--progress", "none", "--json")).Out)!;
        Assert.Equal(("completed", id), (json["event"]!.GetValue<string>(), json["result"]!["run"]!.GetValue<string>()));
        Assert.Equal(exported.Weights, JsonNode.Parse((await Cli("export", id, "--json")).Out)!["weights"]!.AsArray().Select(w => w!.GetValue<double>()));
        Assert.Equal(Path.Combine(DataDir, "reports", id + ".html"), JsonNode.Parse((await Cli("report", id, "--json")).Out)!["file"]!.GetValue<string>());
        foreach (var control in (string[])["stop", "cancel"])
        {
            (await Cli(control, id, "--json")).IsOneLine(ExitCode.Error, "nothing to " + control);
        }

        (await Cli("pause", id)).IsOneLine(ExitCode.Error, "nothing to pause");
    }

    [Fact]
    public async Task AnInterruptedSearchSaysHowToGoOnAndGoesOn()
    {
        using var interrupt = new CancellationTokenSource();
        using var output = new InterruptingWriter(interrupt, after: "\"judged\"");
        using var error = new StringWriter();
        string[] settings = ["--evaluations", "160", "--evaluators", "1", "--progress", "json", "--set", "search.islands=2", "--set", "search.final-replicates=1"];
        var code = await CliRun.InvokeAsync(
            ["run", "breast-cancer", .. settings, "--data-dir", DataDir], new CliEnvironment { Out = output, Error = error }, interrupt.Token);
        var id = output.ToString().Split('\n')[0].Trim();
        Assert.Equal((130, $"saved; go on with: lossactors resume {id} --data-dir {ShellText.Quoted(DataDir)}"), (code, error.ToString().Trim()));
        Assert.Equal("interrupted", JsonNode.Parse((await Cli("show", id, "--json")).Out)!["state"]!.GetValue<string>());

        var resumed = await Cli("resume", "--progress", "none", "--json");
        Assert.True(resumed.ExitCode is 0, resumed.Error);
        var shown = JsonNode.Parse((await Cli("show", id, "--json")).Out)!;
        Assert.Equal((160, "completed"), (shown["evaluations"]!.GetValue<int>(), shown["state"]!.GetValue<string>()));
    }

    [Fact]
    public async Task ARunWithoutEvaluatorsSaysHowToStartOneAndIsCancelledWhenNobodyWorksOnIt()
    {
        using var interrupt = new CancellationTokenSource();
        using var output = new StringWriter();
        using var error = new InterruptingWriter(interrupt, after: "lossactors node --role evaluator --join 127.0.0.1:");
        var code = await CliRun.InvokeAsync(
            ["run", "breast-cancer", "--evaluators", "0", "--progress", "none", "--data-dir", DataDir], new CliEnvironment { Out = output, Error = error }, interrupt.Token);
        Assert.Equal(130, code);
        var id = output.ToString().Trim();
        var lines = error.ToString().TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith($"{id} has no evaluators of its own and waits for others; start one with: ", lines[0], StringComparison.Ordinal);

        var place = $"{id} --data-dir {ShellText.Quoted(DataDir)}";
        foreach (var control in (string[])["stop", "pause"])
        {
            (await Cli(control, id)).IsOneLine(ExitCode.Error, $"nothing to {control}. `lossactors resume {place}` goes on with it, `lossactors cancel {place}` ends it.");
        }

        var cancelled = await Cli("cancel", id);
        Assert.Equal((0, $"{id}: cancelled", ""), (cancelled.ExitCode, cancelled.Out.Trim(), cancelled.Error));
        (await Cli("resume", id)).IsOneLine(ExitCode.ResumeRefused, $"is cancelled and cannot be resumed; `lossactors show {place}`");
        (await Cli("cancel", id)).IsOneLine(ExitCode.Error, "nothing to cancel");
    }

    private Task<CliRun> Cli(params string[] args) => CliRun.Of([.. args, "--data-dir", DataDir]);
}
