using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
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
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The study, and what it starts itself as.</summary>
    public static IEnumerable<Command> Create()
    {
        var output = new Option<FileInfo>("--output") { Description = "results as JSON", Required = true };
        var evaluators = new Option<int[]>("--evaluators") { Description = "numbers of evaluator processes", DefaultValueFactory = _ => [1, 2, 4], AllowMultipleArgumentsPerToken = true };
        var candidates = new Option<int>("--candidates") { Description = "budget of each search", DefaultValueFactory = _ => 1000 };
        var repeats = new Option<int>("--repeats") { Description = "searches per number of evaluators", DefaultValueFactory = _ => 3 };
        var study = new Command("simulation", "real searches with waiting evaluators beside their simulations") { evaluators, candidates, repeats, output };
        study.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(evaluators)!, parsed.GetValue(candidates), parsed.GetValue(repeats), parsed.GetValue(output)!.FullName, cancellation));

        var join = new Argument<string>("JOIN");
        var node = new Command("waiting-evaluator", "an evaluator process of the study") { join };
        node.Hidden = true;
        node.SetAction((parsed, cancellation) => EvaluatorNode.RunAsync(
            new EvaluatorNodeOptions { Join = [parsed.GetValue(join)!], IsChild = true, Slots = new SlotSettings { Benches = new SampledBenches(Workload.Default, Seed) } }, cancellation));

        var dataDir = new Option<string>("--data-dir") { Description = "where the run is", DefaultValueFactory = _ => "lossactors-data" };
        var run = new Option<string?>("--run") { Description = "which; default: the latest" };
        var workload = new Command("workload", "the durations and verdicts of a run, as the simulator ships those of the default experiment") { dataDir, run, output };
        workload.SetAction(parsed => WriteWorkload(parsed.GetValue(dataDir)!, parsed.GetValue(run), parsed.GetValue(output)!.FullName));
        return [study, node, workload];
    }

    private static void WriteWorkload(string dataDir, string? run, string file)
    {
        var database = new SqliteDatabase(new DataFolder(dataDir));
        using var reader = RecordReader.Open(database);
        var details = reader.Show(reader.Resolve(run));
        File.WriteAllText(file, WorkloadReader.Read(database, details).ToJson());
        Console.WriteLine(SearchPace.Of(database, details));
    }

    private static async Task<int> RunAsync(int[] evaluators, int candidates, int repeats, string file, CancellationToken cancellation)
    {
        var experiment = ExperimentReader.Read(ExperimentCatalog.Default, [ExperimentOverride.Parse($"search.evaluations={candidates}"), ExperimentOverride.Parse("search.finalists=1")]);
        List<Comparison> comparisons = [];
        foreach (var count in evaluators)
        {
            var predicted = ClusterSimulation.Run(new SimulationOptions
            {
                Evaluators = count, Search = experiment.Search, Workload = Workload.Default, Seed = Seed, Replicates = experiment.Protocol.Replicates, Detection = TimeSpan.Zero,
            }, cancellation);
            List<SearchPace> measured = [];
            for (var i = 0; i < repeats; i++)
            {
                measured.Add(await MeasureAsync(experiment with { Evaluation = experiment.Evaluation with { Evaluators = count } }, cancellation));
                Console.WriteLine(FormattableString.Invariant($"{count} evaluators: {measured[^1].CandidatesPerSecond:F2} candidates per second, predicted {predicted.CandidatesPerSecond:F2}"));
            }

            comparisons.Add(Comparison.Of(count, predicted, measured));
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { workload = Workload.Default.Source, candidates, comparisons }, s_json), cancellation);
            Console.WriteLine(comparisons[^1]);
        }

        return 0;
    }

    private static async Task<SearchPace> MeasureAsync(Experiment experiment, CancellationToken cancellation)
    {
        var folder = new DataFolder(Path.GetFullPath($"simulation-study-{Environment.ProcessId}"));
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
                    Workplace = new ClusterWorkplace { Command = Command },
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

    private static ProcessStartInfo Command(EvaluatorLaunch launch) => new(
        "dotnet", ["exec", typeof(SimulationStudy).Assembly.Location, "waiting-evaluator", string.Create(CultureInfo.InvariantCulture, $"{launch.Host}:{launch.Port}")]);

    /// <summary>Measured and predicted, for one number of evaluators.</summary>
    private sealed record Comparison(int Evaluators, double Predicted, double Measured, double Ratio, Spread PredictedBirths, double MeasuredBirths, double PredictedSeconds, double MeasuredSeconds, IReadOnlyList<SearchPace> Searches)
    {
        public static Comparison Of(int evaluators, SimulationReport predicted, IReadOnlyList<SearchPace> measured)
        {
            var rate = measured.Select(m => m.CandidatesPerSecond).Median();
            return new(
                evaluators,
                predicted.CandidatesPerSecond,
                rate,
                predicted.CandidatesPerSecond / rate,
                predicted.StalenessBirths,
                measured.Select(m => m.StalenessBirths.Mean).Median(),
                predicted.StalenessSeconds.Mean,
                measured.Select(m => m.StalenessSeconds.Mean).Median(),
                measured);
        }
    }
}
