using System.Collections.Immutable;
using System.CommandLine;
using LossActors.Actors.Persistence;
using LossActors.Actors.Record;
using LossActors.Studies.Table;

namespace LossActors.Studies.Throughput;

/// <summary>
/// The command <c>throughput</c>: how much more do two evaluator processes train than one? Pairs of searches of the real program with the same seed, with one evaluator and with two, in
/// alternating order. What a search takes besides (starting, re-measuring its best) is not counted.
/// </summary>
internal static class ThroughputStudy
{
    // The parts of a search, by trained candidates, between which it is measured: when code has been compiled for what it does most, and before work runs out.
    private const double From = 0.4;
    private const double To = 0.9;

    private static readonly ImmutableArray<string> s_settings =
        ["refinement.policy=none", "search.finalists=1", "search.final-replicates=1", "search.baseline-learning-rates=[0.01]"];

    public static Command Create(Option<string[]> set)
    {
        var experiment = new Option<string>("--experiment") { Description = "a built-in experiment or a file", DefaultValueFactory = _ => "fashion-mnist-lenet5" };
        var pairs = new Option<int>("--pairs") { Description = "how many pairs", DefaultValueFactory = _ => 5 };
        var evaluations = new Option<int>("--evaluations") { Description = "candidates per search", DefaultValueFactory = _ => 300 };
        var output = new Option<FileInfo>("--output") { Description = "results as JSON", Required = true };
        var command = new Command("throughput", "two evaluator processes against one; with nothing else running") { experiment, pairs, evaluations, set, output };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetRequiredValue(experiment),
            [.. s_settings, $"search.evaluations={parsed.GetValue(evaluations)}", .. parsed.GetValue(set) ?? []],
            parsed.GetValue(pairs),
            parsed.GetRequiredValue(output).FullName,
            cancellation));
        return command;
    }

    private static async Task RunAsync(string experiment, ImmutableArray<string> settings, int pairs, string file, CancellationToken cancellation)
    {
        var result = new ThroughputResult(experiment, settings, Environment.ProcessorCount, []);
        for (var pair = 1; pair <= pairs; pair++)
        {
            foreach (var evaluators in pair % 2 == 1 ? (int[])[1, 2] : [2, 1])
            {
                var side = await MeasureAsync(experiment, settings, pair, evaluators, cancellation);
                result = result with { Sides = result.Sides.Add(side) };
                StudyJson.WriteFile(file, result);
                Console.WriteLine(FormattableString.Invariant(
                    $"pair {pair}, {evaluators} evaluator{(evaluators == 1 ? "" : "s")}: {side.StepsPerSecond:F1} steps/s ({side.Candidates} candidates, {side.Steps} steps in {side.Seconds:F1} s)"));
            }
        }

        Console.WriteLine(FormattableString.Invariant($"two evaluators over one: median {result.MedianRatio:F2} of {string.Join(", ", result.Ratios.Select(r => FormattableString.Invariant($"{r:F2}")))}"));
    }

    private static async Task<ThroughputSide> MeasureAsync(string experiment, ImmutableArray<string> settings, int pair, int evaluators, CancellationToken cancellation)
    {
        var data = Directory.CreateTempSubdirectory("lossactors-throughput-");
        try
        {
            var printed = await LossActorsProgram.RunAsync(
                [
                    "run", experiment, "--seed", $"{pair}", "--evaluators", $"{evaluators}", "--data-dir", data.FullName, "--progress", "none",
                    .. settings.SelectMany(setting => new[] { "--set", setting }),
                ],
                [0, 3],
                cancellation);
            using var reader = RecordReader.Open(new SqliteDatabase(new DataFolder(data.FullName)));
            return Measure(pair, evaluators, [.. reader.Candidates(printed.Split('\n')[0].Trim()).Where(c => c.TrainedSteps > 0).OrderBy(c => c.JudgedAt)]);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static ThroughputSide Measure(int pair, int evaluators, ImmutableArray<CandidateRow> trained)
    {
        var (from, to) = ((int)(trained.Length * From), (int)(trained.Length * To) - 1);
        var measured = trained[(from + 1)..(to + 1)];
        return new ThroughputSide(pair, evaluators, measured.Length, measured.Sum(c => (long)c.TrainedSteps), (trained[to].JudgedAt - trained[from].JudgedAt).TotalSeconds);
    }
}
