using System.Diagnostics;
using System.Globalization;
using LossActors.ProcessTests.Machine;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

// Each test wants the machine for itself.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace LossActors.ProcessTests.Scenarios;

/// <summary>A folder for one test, the processes it starts in there, and the end of both.</summary>
public abstract class ProcessTest : IDisposable
{
    /// <summary>Deadline of a test in milliseconds, far beyond what it takes on a busy machine.</summary>
    protected const int Deadline = 10 * 60_000;

    /// <summary>The default trainings, but little is re-measured at the end.</summary>
    private protected static readonly string[] s_shortFinals =
        ["--set", "search.final-replicates=2", "--set", "search.finalists=4", "--set", "search.baseline-learning-rates=[0.1]"];

    /// <summary>Settings under which a candidate takes a hundredth of a second, for tests that need many and not good ones.</summary>
    private protected static readonly string[] s_quick =
        ["--set", "training.steps=20", "--set", "filters.steps=100", "--set", "refinement.steps=20", "--set", "refinement.inner-steps=1", .. s_shortFinals];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lossactors-processes-");
    private readonly List<LossActorsProcess> _started = [];

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected string Folder => _folder.FullName;

    public virtual void Dispose()
    {
        GC.SuppressFinalize(this);
        foreach (var process in _started)
        {
            process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    /// <summary>A stream of random numbers whose seed stands in the output; LOSSACTORS_TEST_SEED repeats it.</summary>
    private protected static Random Seeded()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("LOSSACTORS_TEST_SEED"), out var given) ? given : Environment.TickCount;
        Note($"LOSSACTORS_TEST_SEED={seed}");
        return new Random(seed);
    }

    /// <summary>A line of figures for whoever reads the test's output.</summary>
    private protected static void Note(string line) => TestContext.Current.TestOutputHelper!.WriteLine(line);

    private protected LossActorsProcess Start(string[] args, params (string Name, string Value)[] environment) =>
        Started(LossActorsProcess.Start(Folder, args, environment));

    /// <summary>Has a process ended with the test.</summary>
    private protected LossActorsProcess Started(LossActorsProcess process)
    {
        _started.Add(process);
        return process;
    }

    /// <summary>Starts <c>run</c> or <c>resume</c> on a data folder, acknowledging results on stdout.</summary>
    private protected LossActorsProcess StartSearch(string[] args, string data = "data", params (string Name, string Value)[] environment) =>
        Start([.. args, "--progress", "json", "--data-dir", data], environment);

    /// <summary>Calls a command and waits for its end.</summary>
    private protected async Task<Answer> CallAsync(params string[] args)
    {
        var process = Start(args);
        return new Answer(await process.ExitAsync(Stop), process.Out.Text, process.Error.Text);
    }

    private protected RecordedRun Record(string run, string data = "data") => new(Path.Combine(Folder, data, "lossactors.db"), run);

    /// <summary>The id that a search prints first.</summary>
    private protected static async Task<string> RunIdAsync(LossActorsProcess search)
    {
        Assert.True(await search.Out.UntilAsync(lines => lines.Count > 0, Stop), search.Error.Text);
        return search.Out.Lines[0];
    }

    /// <summary>Waits until a search has acknowledged so many results.</summary>
    private protected static async Task AcknowledgesAsync(LossActorsProcess search, int results) =>
        Assert.True(await search.Out.UntilAsync(lines => Acknowledged.In(lines).Count >= results, Stop), $"it ended before {results} results\n{search.Error.Text}");

    /// <summary>Waits for a search that ends by itself.</summary>
    private protected static async Task CompletesAsync(LossActorsProcess search) =>
        Assert.True(await search.ExitAsync(Stop) == 0, search.Error.Text);

    /// <summary>Requires that within three seconds nothing lives any more that a process had started.</summary>
    private protected static async Task LeavesNobodyAsync(LossActorsProcess process)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < TimeSpan.FromSeconds(3) && process.Descendants().Count > 0)
        {
            await Task.Delay(100, Stop);
        }

        Assert.Empty(process.Descendants().Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Pid}: {p.CommandLine}")));
    }

    /// <summary>The evaluator processes that <c>show --json</c> names and that were started by this search.</summary>
    private protected async Task<IReadOnlyList<OsProcess>> EvaluatorsAsync(LossActorsProcess search, string run, string data = "data")
    {
        var shown = (await CallAsync("show", run, "--json", "--data-dir", data)).Exits(0).Json;
        return [.. shown["evaluators"]!.AsArray().Select(e => new OsProcess(e!["pid"]!.GetValue<int>())).Where(p => p.Bears(search.Mark) && p.IsAlive)];
    }

    /// <summary>Requires <c>verify RUN</c> to derive the hall of fame from the journal again.</summary>
    private protected async Task VerifiesAsync(string run, string data = "data") => (await CallAsync("verify", run, "--data-dir", data)).Exits(0);
}
