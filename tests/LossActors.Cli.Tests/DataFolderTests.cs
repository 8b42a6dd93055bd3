using LossActors.Actors.Persistence;
using LossActors.Cli.Output;
using Xunit;

namespace LossActors.Cli.Tests;

public sealed class DataFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lossactors-cli");

    private string DataDir => Path.Combine(_folder.FullName, "my data");

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

    [Theory]
    [InlineData("runs")]
    [InlineData("show", "x")]
    [InlineData("resume")]
    [InlineData("run")]
    [InlineData("cancel", "x")]
    public async Task AFolderOrNoiseInTheDatabasesPlaceExitsWith5AndNothingIsWritten(params string[] args)
    {
        var database = Path.Combine(DataDir, "lossactors.db");
        Directory.CreateDirectory(database);
        (await CliRun.Of([.. args, "--data-dir", DataDir])).IsOneLine(ExitCode.Environment, $"{database} is a folder");
        Assert.Empty(Directory.EnumerateFileSystemEntries(database));

        Directory.Delete(database);
        var noise = new byte[20_000];
        new Random(1).NextBytes(noise);
        await File.WriteAllBytesAsync(database, noise, TestContext.Current.CancellationToken);
        (await CliRun.Of([.. args, "--data-dir", DataDir])).IsOneLine(ExitCode.Environment, $"{database} is damaged or no SQLite database");

        "SQLite format 3\0"u8.CopyTo(noise);
        await File.WriteAllBytesAsync(database, noise, TestContext.Current.CancellationToken);
        (await CliRun.Of([.. args, "--data-dir", DataDir])).IsOneLine(ExitCode.Environment, database);
        Assert.Equal(noise, await File.ReadAllBytesAsync(database, TestContext.Current.CancellationToken));
        Assert.Equal([database], Directory.EnumerateFileSystemEntries(DataDir));
    }

    [Theory]
    [InlineData("runs")]
    [InlineData("show", "")]
    [InlineData("resume")]
    public async Task DamageDeepInTheDatabaseExitsWith5(params string[] args)
    {
        var folder = new DataFolder(DataDir);
        new SqliteDatabase(folder).Initialise();
        var pages = (await File.ReadAllBytesAsync(folder.Database, TestContext.Current.CancellationToken)).AsMemory();

        // All but the first page, which holds the schema's root.
        pages[4096..].Span.Fill(0x5a);
        await File.WriteAllBytesAsync(folder.Database, pages, TestContext.Current.CancellationToken);
        (await CliRun.Of([.. args, "--data-dir", DataDir])).IsOneLine(ExitCode.Environment, "--data-dir");
    }

    [Fact]
    public async Task CommandsThatAreNamedFindTheFolderAgain()
    {
        new SqliteDatabase(new DataFolder(DataDir)).Initialise();
        var runs = await CliRun.Of("runs", "--data-dir", DataDir);
        Assert.Contains($"`lossactors run --data-dir {ShellText.Quoted(DataDir)}`", runs.Error, StringComparison.Ordinal);
        (await CliRun.Of("show", "x", "--data-dir", DataDir)).IsOneLine(ExitCode.Usage, $"`lossactors runs --data-dir {ShellText.Quoted(DataDir)}`");
    }
}
