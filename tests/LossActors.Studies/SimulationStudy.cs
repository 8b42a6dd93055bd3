using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LossActors.Actors.Benchmarks;
using LossActors.Actors.Evaluators;
using LossActors.Actors.Experiments;
using LossActors.Actors.Hosting;
using LossActors.Actors.Persistence;
using LossActors.Actors.Record;
using LossActors.Actors.Simulation;
using MathNet.Numerics.Statistics;

namespace LossActors.Studies;

/// <summary>
/// Does the simulator predict what is measured? Real searches (broker, leases, serializer, sockets, journal, evaluator processes) whose evaluators wait as long as those of
/// a recorded run took, beside simulations with the same distribution of durations.
/// </summary>
internal static class SimulationStudy
{
    private const ulong Seed = 1;
    private const int Simulations = 20;
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The study, and what it starts itself as.</summary>
    public static IEnumerable<Command> Create()
    {
        var output = new Option<FileInfo>("--output") { Description = "results as JSON; searches already in it are not run again", Required = true };
        var evaluators = new Option<int[]>("--evaluators") { Description = "numbers of evaluator processes", DefaultValueFactory = _ => [1, 2, 4], AllowMultipleArgumentsPerToken = true };
        var candidates = new Option<int>("--candidates") { Description = "budget of each search", DefaultValueFactory = _ => 1000 };
        var repeats = new Option<int>("--repeats") { Description = "searches per number of evaluators", DefaultValueFactory = _ => 3 };
        var slower = new Option<double>("--slower") { Description = "how many times longer evaluations take than in the recorded run", DefaultValueFactory = _ => 1 };
        var study = new Command("simulation", "real searches with waiting evaluators beside their simulations") { evaluators, candidates, repeats, slower, output };
        study.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(evaluators)!, parsed.GetValue(candidates), parsed.GetValue(repeats), parsed.GetValue(slower), parsed.GetValue(output)!.FullName, cancellation));

        var join = new Argument<string>("JOIN");
        var slowness = new Argument<double>("SLOWER");
        var node = new Command("waiting-evaluator", "an evaluator process of the study") { join, slowness };
        node.Hidden = true;
        node.SetAction((parsed, cancellation) => EvaluatorNode.RunAsync(
            new EvaluatorNodeOptions { Join = [parsed.GetValue(join)!], IsChild = true, Slots = new SlotSettings { Benches = new SampledBenches(Workload.Default.Faster(1 / parsed.GetValue(slowness)), Seed) } },
            cancellation));

        var dataDir = new Option<string>("--data-dir") { Description = "where the run is", DefaultValueFactory = _ => "lossactors-data" };
        var run = new Option<string?>("--run") { Description = "which; default: the latest" };
        var workload = new Command("workload", "the durations and verdicts of a run, as the simulator ships those of the default experiment") { dataDir, run, output };
        workload.SetAction(parsed => WriteWorkload(parsed.GetValue(dataDir)!, parsed.GetValue(run), parsed.GetValue(output)!.FullName));
        var serviceTimes = new Command("service-times", "what the search node spends on what, as the simulator assumes it");
        serviceTimes.SetAction((_, cancellation) => ServiceTimesAsync(cancellation));

        var grid = new Argument<FileInfo>("GRID") { Description = "what `lossactors simulate --json` printed" };
        var figure = new Command("simulation-figure", "throughput and staleness of simulated searches as a figure") { grid, output };
        figure.SetAction(parsed => File.WriteAllText(parsed.GetValue(output)!.FullName, SimulationFigure.Render(File.ReadAllText(parsed.GetValue(grid)!.FullName))));
        return [study, node, workload, serviceTimes, figure];
    }

    private static void WriteWorkload(string dataDir, string? run, string file)
    {
        var database = new SqliteDatabase(new DataFolder(dataDir));
        using var reader = RecordReader.Open(database);
        var details = reader.Show(reader.Resolve(run));
        File.WriteAllText(file, WorkloadReader.Read(database, details).ToJson());
        Console.WriteLine(SearchPace.Of(database, details));
    }

    private static async Task ServiceTimesAsync(CancellationToken cancellation)
    {
        var options = new EngineBenchmarkOptions();
        var folder = new DataFolder(Path.GetFullPath($"simulation-study-{Environment.ProcessId}"));
        try
        {
            var engine = await new EngineBenchmark(options, TimeProvider.System).RunAsync(folder, Console.Error.WriteLine, cancellation);
            Console.Error.WriteLine(FormattableString.Invariant($"{1e6 * engine.CoreSecondsPerCandidate:F0} core microseconds per candidate"));
            Console.WriteLine(JsonSerializer.Serialize(new ServiceTimeMeasurement(TimeProvider.System).Measure(engine.CoreSecondsPerCandidate, options), s_json));
        }
        finally
        {
            if (Directory.Exists(folder.Root))
            {
                Directory.Delete(folder.Root, recursive: true);
            }
        }
    }

    private static async Task<int> RunAsync(int[] evaluators, int candidates, int repeats, double slower, string file, CancellationToken cancellation)
    {
        var workload = Workload.Default.Faster(1 / slower);
        var experiment = ExperimentReader.Read(ExperimentCatalog.Default, [ExperimentOverride.Parse($"search.evaluations={candidates}"), ExperimentOverride.Parse("search.finalists=1")]);
        ImmutableArray<Measured> measured = File.Exists(file) ? [.. JsonSerializer.Deserialize<Results>(await File.ReadAllTextAsync(file, cancellation), s_json)!.Searches] : [];
        for (var i = 1; i <= repeats; i++)
        {
            // In turn, so that what else the machine does disturbs all alike.
            foreach (var count in evaluators.Where(count => measured.Count(m => m.Evaluators == count) < i))
            {
                var pace = await MeasureAsync(experiment with { Evaluation = experiment.Evaluation with { Evaluators = count } }, slower, cancellation);
                measured = [.. measured, new(count, pace)];
                await WriteAsync();
                Console.WriteLine(FormattableString.Invariant($"{count} evaluators: {pace.CandidatesPerSecond:F3} candidates per second"));
            }
        }

        (await WriteAsync()).ForEach(Console.WriteLine);
        return 0;

        async Task<List<Comparison>> WriteAsync()
        {
            List<Comparison> comparisons = [.. measured.GroupBy(m => m.Evaluators).OrderBy(g => g.Key).Select(g => Comparison.Of(g.Key, Predict(g.Key), [.. g.Select(m => m.Pace)]))];
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new Results(workload.Source, slower, candidates, comparisons, measured), s_json), cancellation);
            return comparisons;
        }

        // Some refinements take a thousand times as long as most jobs: one simulation of so few candidates would be as much a matter of chance as one search.
        Prediction Predict(int count) => Prediction.Of([.. Enumerable.Range(1, Simulations).Select(seed => ClusterSimulation.Run(new SimulationOptions
        {
            Evaluators = count, Search = experiment.Search, Workload = workload, Seed = (ulong)seed, Replicates = experiment.Protocol.Replicates, Detection = TimeSpan.Zero,
        }))]);
    }

    private static async Task<SearchPace> MeasureAsync(Experiment experiment, double slower, CancellationToken cancellation)
    {
        // A folder for each: connections to a database that was deleted may outlive it, and those to another one in its place would be the same.
        var folder = new DataFolder(Directory.CreateTempSubdirectory("lossactors-simulation-").FullName);
        try
        {
            var database = new SqliteDatabase(folder);
            var node = await SearchNode.StartAsync(
                new SearchNodeOptions
                {
                    Folder = folder,
                    Database = database,
                    Run = "measured",
                    Experiment = experiment,
                    Workplace = new ClusterWorkplace { Command = launch => Command(launch, slower) },
                    Inspect = _ => new TaskFacts("synthetic", "error-rate"),
                },
                cancellation);
            await using (node)
            {
                await foreach (var _ in node.Progress.ReadAllAsync(cancellation))
                {
                    // Until it ends.
                    if (node.Completion.IsCompleted)
                    {
                        break;
                    }
                }
            }

            using var reader = RecordReader.Open(database);
            return SearchPace.Of(database, reader.Show("measured"));
        }
        finally
        {
            if (Directory.Exists(folder.Root))
            {
                Directory.Delete(folder.Root, recursive: true);
            }
        }
    }

    private static ProcessStartInfo Command(EvaluatorLaunch launch, double slower) => new(
        "dotnet",
        [
            "exec", typeof(SimulationStudy).Assembly.Location, "waiting-evaluator", string.Create(CultureInfo.InvariantCulture, $"{launch.Host}:{launch.Port}"),
            slower.ToString(CultureInfo.InvariantCulture),
        ]);

    /// <summary>What the study's file holds.</summary>
    /// <param name="Workload">Where durations come from.</param>
    /// <param name="Slower">How many times longer they are.</param>
    /// <param name="Candidates">Budget of each search.</param>
    /// <param name="Comparisons">What came of it.</param>
    /// <param name="Searches">All that was measured.</param>
    private sealed record Results(string Workload, double Slower, int Candidates, IReadOnlyList<Comparison> Comparisons, IReadOnlyList<Measured> Searches);

    /// <summary>One search.</summary>
    private sealed record Measured(int Evaluators, SearchPace Pace);

    /// <summary>Measured and predicted, for one number of evaluators.</summary>
    /// <param name="Evaluators">How many.</param>
    /// <param name="Searches">Of how many searches the medians are.</param>
    /// <param name="MeasuredRate">Candidates per second; the median of the searches.</param>
    /// <param name="PredictedRate">The mean of the simulations.</param>
    /// <param name="Ratio">Of predicted to measured.</param>
    /// <param name="MeasuredStaleness">Medians of the searches' means.</param>
    /// <param name="PredictedStaleness">Means of the simulations' means.</param>
    private sealed record Comparison(int Evaluators, int Searches, double MeasuredRate, double PredictedRate, double Ratio, Staleness MeasuredStaleness, Staleness PredictedStaleness)
    {
        public static Comparison Of(int evaluators, Prediction predicted, IReadOnlyList<SearchPace> measured)
        {
            var rate = measured.Select(m => m.CandidatesPerSecond).Median();
            return new(
                evaluators,
                measured.Count,
                rate,
                predicted.CandidatesPerSecond,
                predicted.CandidatesPerSecond / rate,
                new(measured.Select(m => m.StalenessBirths.Mean).Median(), measured.Select(m => m.StalenessSeconds.Mean).Median()),
                predicted.Staleness);
        }
    }

    /// <summary>Of candidates, on average.</summary>
    private sealed record Staleness(double Births, double Seconds);

    /// <summary>Means over simulations that differ in their seeds alone.</summary>
    private sealed record Prediction(double CandidatesPerSecond, Staleness Staleness)
    {
        public static Prediction Of(IReadOnlyCollection<SimulationReport> reports) => new(
            reports.Average(r => r.CandidatesPerSecond), new(reports.Average(r => r.StalenessBirths.Mean), reports.Average(r => r.StalenessSeconds.Mean)));
    }
}
