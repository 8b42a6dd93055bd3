using Xunit;

namespace LossActors.Cli.Tests;

public sealed class DataFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lossactors-cli");

    private string DataDir => Path.Combine(_folder.FullName, "data");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task WithoutRunsThereIsAnEmptyListAndNoFolder()
    {
        var run = await CliRun.Of("runs", "--json", "--data-dir", DataDir);
        Assert.Equal((0, "[]"), (run.ExitCode, run.Out.Trim()));
        Assert.False(Directory.Exists(DataDir));
    }

    [Fact]
    public async Task AnUnknownRunExitsWith2AndCreatesNothing()
    {
        (await CliRun.Of("show", "nope", "--data-dir", DataDir)).IsOneLine(ExitCode.Usage, "no run 'nope'");
        Assert.False(Directory.Exists(DataDir));
    }

    [Fact]
    public async Task AnUnreadableDatabaseExitsWith5AndIsLeftAsItIs()
    {
        Directory.CreateDirectory(DataDir);
        var database = Path.Combine(DataDir, "lossactors.db");
        await File.WriteAllTextAsync(database, "this is no database, but it is long enough to look like one", TestContext.Current.CancellationToken);
        (await CliRun.Of("runs", "--data-dir", DataDir)).IsOneLine(ExitCode.Environment, database);
        Assert.StartsWith("this is no database", await File.ReadAllTextAsync(database, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
