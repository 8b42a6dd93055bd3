using System.Text.Json.Nodes;
using LossActors.Actors.Tests.Databases;
using Xunit;

namespace LossActors.Cli.Tests;

/// <summary>A small search whose state moves: begun in SQLite, gone on with in PostgreSQL, brought back.</summary>
public sealed class PostgresEndToEndTests(SharedPostgres postgres) : IDisposable
{
    private readonly PostgresServer _server = postgres.Server;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lossactors-postgres-end-to-end");

    private string DataDir => Path.Combine(_folder.FullName, "data");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task ARunMovesToTheServerEndsThereIsShownReportedVerifiedAndComesBack()
    {
        var file = Path.Combine(_folder.FullName, "secret");
        await File.WriteAllTextAsync(file, _server.CreateDatabase() + "\n", TestContext.Current.CancellationToken);
        Dictionary<string, string> server = new() { ["LOSSACTORS_DATABASE_FILE"] = file };
        Task<CliRun> There(params string[] args) => CliRun.With(server, [.. args, "--data-dir", DataDir]);

        using var interrupt = new CancellationTokenSource();
        using var output = new InterruptingWriter(interrupt, after: "\"judged\"");
        using var error = new StringWriter();
        Assert.Equal(130, await CliRun.InvokeAsync(
            ["run", "breast-cancer", "--evaluations", "100", "--evaluators", "1", "--progress", "json", "--set", "search.islands=2", "--set", "search.final-replicates=1", "--data-dir", DataDir],
            new CliEnvironment { Out = output, Error = error },
            interrupt.Token));
        var id = output.ToString().Split('\n')[0].Trim();

        Assert.Equal((0, "[]"), ((await There("runs", "--json")).ExitCode, (await There("runs", "--json")).Out.Trim()));
        (await There("show", id)).IsOneLine(ExitCode.Usage, "there are no runs in database test_");
        Assert.Contains("is empty and ready for the first run", (await There("doctor")).Out, StringComparison.Ordinal);
        var migrated = await There("migrate", id, "--to", "postgresql", "--json");
        Assert.True(migrated.ExitCode is 0, migrated.Error);
        Assert.Equal(id, JsonNode.Parse(migrated.Out)!["runs"]![0]!["run"]!.GetValue<string>());
        (await There("migrate", id, "--to", "postgresql")).IsOneLine(ExitCode.Error, $"{id} is in database test_");
        var again = await There("migrate", "--all", "--to", "postgresql");
        Assert.Equal((0, "", $"{id} is there already"), (again.ExitCode, again.Out, again.Error.Trim()));

        var resumed = await There("resume", "--progress", "json");
        Assert.True(resumed.ExitCode is 0, resumed.Error);
        var shown = JsonNode.Parse((await There("show", id, "--json")).Out)!;
        Assert.Equal((100, "completed"), (shown["evaluations"]!.GetValue<int>(), shown["state"]!.GetValue<string>()));
        Assert.Equal("interrupted", JsonNode.Parse((await CliRun.Of("show", id, "--json", "--data-dir", DataDir)).Out)!["state"]!.GetValue<string>());
        foreach (var args in (string[][])[["verify", id], ["report", id], ["export", id, "--to", "python"], ["watch", id, "--progress", "none"], ["compare", id], ["runs"], ["doctor"]])
        {
            var run = await There(args);
            Assert.True(run.ExitCode is 0, $"{args[0]}: {run.Error}");
        }

        (await There("pause", id)).IsOneLine(ExitCode.Error, "nothing to pause");

        Assert.Equal(0, (await There("migrate", id, "--to", "sqlite", "--replace")).ExitCode);
        Assert.Equal(shown.ToJsonString(), JsonNode.Parse((await CliRun.Of("show", id, "--json", "--data-dir", DataDir)).Out)!.ToJsonString());
        var back = Path.Combine(_folder.FullName, "back");
        Assert.Equal(0, (await CliRun.With(server, "migrate", "--all", "--to", "sqlite", "--data-dir", back)).ExitCode);
        Assert.Equal(shown.ToJsonString(), JsonNode.Parse((await CliRun.Of("show", id, "--json", "--data-dir", back)).Out)!.ToJsonString());
        var verified = await CliRun.Of("verify", id, "--data-dir", back);
        Assert.True(verified.ExitCode is 0, verified.Out + verified.Error);

        Assert.All(
            _folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(f => f.FullName != file),
            f => Assert.DoesNotContain(_server.Password, File.ReadAllText(f.FullName), StringComparison.Ordinal));
    }

    [Fact]
    public async Task ARunOnTheServerIsSteeredFromAnotherMachine()
    {
        Dictionary<string, string> server = new() { ["LOSSACTORS_DATABASE"] = _server.CreateDatabase() };
        Task<CliRun> Elsewhere(params string[] args) => CliRun.With(server, [.. args, "--data-dir", Path.Combine(_folder.FullName, "elsewhere")]);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var running = CliRun.InvokeAsync(
            ["run", "breast-cancer", "--evaluators", "0", "--progress", "none", "--data-dir", DataDir],
            new CliEnvironment { Out = output, Error = error, Variable = name => server.GetValueOrDefault(name) },
            TestContext.Current.CancellationToken);
        while (!running.IsCompleted && (await Elsewhere("runs", "--json")).Out.Trim() is "[]" or "")
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        var id = JsonNode.Parse((await Elsewhere("runs", "--json")).Out)![0]!["run"]!.GetValue<string>();
        Assert.Equal($"{id}: paused", (await Elsewhere("pause", id)).Out.Trim());
        Assert.Equal(id, (await Elsewhere("resume", id)).Out.Trim());
        (await Elsewhere("migrate", id, "--to", "sqlite")).IsOneLine(ExitCode.Error, $"Run {id} is being worked on by another process");
        Assert.Equal($"{id}: cancelled", (await Elsewhere("cancel", id)).Out.Trim());
        Assert.Equal(1, await running);
        Assert.False(File.Exists(Path.Combine(DataDir, "lossactors.db")));
    }
}
