using Xunit;

namespace LossActors.Cli.Tests;

public sealed class DatabaseSettingTests : IDisposable
{
    private const string Variable = "LOSSACTORS_DATABASE";
    private const string FileVariable = "LOSSACTORS_DATABASE_FILE";
    private const string Nowhere = "Host=127.0.0.1;Port=1;Database=runs;Username=me;Password=geheim";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lossactors-setting");

    private string DataDir => Path.Combine(_folder.FullName, "data");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("", "LOSSACTORS_DATABASE is empty")]
    [InlineData("  ", "LOSSACTORS_DATABASE is empty")]
    [InlineData("postgres://me:geheim@db/runs", "LOSSACTORS_DATABASE is a URI; write it as Host=")]
    [InlineData("Host=db;Database=runs;Password=ge;heim", "LOSSACTORS_DATABASE is no connection string")]
    [InlineData("Host=db;Password=geheim", "LOSSACTORS_DATABASE names no Database")]
    public async Task ASettingThatMakesNoSenseExitsWith2(string text, string expected)
    {
        foreach (var args in (string[][])[["runs"], ["run"], ["resume"], ["show", "x"], ["doctor"], ["migrate", "x", "--to", "postgresql"]])
        {
            IsOneLine(await CliRun.With(new() { [Variable] = text }, [.. args, "--data-dir", DataDir]), ExitCode.Usage, expected);
        }

        var file = Path.Combine(_folder.FullName, "secret");
        await File.WriteAllTextAsync(file, text + "\n", TestContext.Current.CancellationToken);
        IsOneLine(await CliRun.With(new() { [FileVariable] = file }, "runs", "--data-dir", DataDir), ExitCode.Usage, expected.Replace(Variable, $"{FileVariable}: {file}", StringComparison.Ordinal));
        Assert.False(Directory.Exists(DataDir));
    }

    [Fact]
    public async Task TwoSettingsOrAFileThatIsNotThereExitWith2()
    {
        IsOneLine(await CliRun.With(new() { [Variable] = Nowhere, [FileVariable] = "x" }, "runs"), ExitCode.Usage, "are both set");
        IsOneLine(await CliRun.With(new() { [FileVariable] = "" }, "runs"), ExitCode.Usage, "LOSSACTORS_DATABASE_FILE is empty");
        IsOneLine(await CliRun.With(new() { [FileVariable] = "/nowhere/secret" }, "runs"), ExitCode.Usage, "cannot read /nowhere/secret");
        IsOneLine(await CliRun.With(new() { [FileVariable] = _folder.FullName }, "runs"), ExitCode.Usage, $"cannot read {_folder.FullName}");
    }

    [Theory]
    [InlineData("runs")]
    [InlineData("run", "--evaluators", "0")]
    [InlineData("resume")]
    [InlineData("show", "x")]
    [InlineData("watch", "x")]
    [InlineData("stop", "x")]
    [InlineData("verify", "x")]
    [InlineData("report", "x")]
    [InlineData("export", "x", "--to", "json")]
    [InlineData("compare", "x", "y")]
    [InlineData("migrate", "x", "--to", "sqlite")]
    public async Task AServerThatCannotBeReachedExitsWith5AndNothingIsWritten(params string[] args)
    {
        IsOneLine(await CliRun.With(new() { [Variable] = Nowhere }, [.. args, "--data-dir", DataDir]), ExitCode.Environment, "database runs on 127.0.0.1:1 cannot be reached");
        Assert.False(Directory.Exists(DataDir));
    }

    [Fact]
    public async Task DoctorSaysWhatIsWrongWithTheServer()
    {
        var run = await CliRun.With(new() { [Variable] = Nowhere }, "doctor", "--data-dir", DataDir);
        Assert.Equal(5, run.ExitCode);
        Assert.Contains("FAIL  database: database runs on 127.0.0.1:1 cannot be reached", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", run.Out + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("migrate", "x", "--to", "postgresql")]
    [InlineData("migrate", "--all", "--to", "sqlite")]
    public async Task MigratingWithoutAServerExitsWith2(params string[] args) =>
        IsOneLine(await CliRun.Of([.. args, "--data-dir", DataDir]), ExitCode.Usage, "set LOSSACTORS_DATABASE");

    [Theory]
    [InlineData("name a run, or give --all", "--to", "sqlite")]
    [InlineData("give one of them", "x", "--all", "--to", "sqlite")]
    [InlineData("expected postgresql or sqlite", "x", "--to", "mysql")]
    public async Task MigrateAsksForOneThing(string expected, params string[] args) =>
        IsOneLine(await CliRun.With(new() { [Variable] = Nowhere }, ["migrate", .. args, "--data-dir", DataDir]), ExitCode.Usage, expected);

    private static void IsOneLine(CliRun run, ExitCode code, string expected)
    {
        run.IsOneLine(code, expected);
        Assert.DoesNotContain("heim", run.Error, StringComparison.Ordinal);
    }
}
