using System.Globalization;
using System.Text.Json.Nodes;
using LossActors.Actors.Record;
using LossActors.Cli.Comparison;
using LossActors.Learning.MetaTesting;

namespace LossActors.Cli.Output;

/// <summary>Runs side by side, as tables or JSON.</summary>
internal static class CompareOutput
{
    private const string OtherTasks = "These runs differ in task, network or training, so their errors cannot be compared.";

    /// <summary>Writes them.</summary>
    /// <param name="environment">Where to.</param>
    /// <param name="sides">The runs.</param>
    /// <param name="contestants">Their losses on the test part; null: not tested.</param>
    /// <param name="json">As JSON.</param>
    public static void Write(CliEnvironment environment, RunSides sides, IReadOnlyList<Contestant>? contestants, bool json)
    {
        if (json)
        {
            JsonOutput.WriteDocument(environment.Out, ToJson(sides, contestants));
            return;
        }

        TextTable.Write(
            environment,
            ["RUN", "STATE", "METHOD", "#SEED", "#EVALUATIONS", "#TRAINED", "#TRAINING STEPS", "#TIME", "#VALIDATION", "95 % INTERVAL", "#BASELINE", "LOSS"],
            sides.Runs.Select(Row));
        if (!sides.ShareTask)
        {
            environment.Out.WriteLine();
            environment.Out.WriteLine(OtherTasks);
        }

        if (contestants is { Count: > 0 })
        {
            WriteTests(environment, contestants);
        }
    }

    private static string[] Row(RunDetails run)
    {
        var best = run.HallOfFame.FirstOrDefault();
        return
        [
            run.Run,
            run.State,
            SearchWords.Of(run.Experiment),
            run.Seed.ToString(CultureInfo.InvariantCulture),
            $"{Numbers.Count(run.Evaluations)}/{Numbers.Count(run.Budget)}",
            Numbers.Count(run.Trained),
            Numbers.Count(run.TrainingSteps),
            Numbers.Clock(TimeSpan.FromSeconds(run.ElapsedSeconds)),
            Numbers.Short(best?.Fitness),
            best is null ? "–" : Numbers.Range(Interval.Of(best.Replicates)),
            Numbers.Short(run.Baseline?.Value),
            best is null ? "none" : LossText.Short(LossText.Of(best)),
        ];
    }

    private static void WriteTests(CliEnvironment environment, IReadOnlyList<Contestant> contestants)
    {
        environment.Out.WriteLine();
        environment.Out.WriteLine(Numbers.Text($"On the test set, {contestants[0].Arm.Errors.Length} seeds, every learning rate tuned on the validation set:"));
        environment.Out.WriteLine();
        TextTable.Write(
            environment,
            ["LOSS OF", "#LEARNING RATE", "#MEAN", "95 % INTERVAL", "#DIVERGED"],
            contestants.Select(c => new[] { c.Label, Numbers.Short(c.Arm.LearningRate), Numbers.Short(c.Arm.Mean.Mean), Numbers.Range(c.Arm.Mean), Numbers.Count(c.Arm.Diverged) }));
        environment.Out.WriteLine();
        TextTable.Write(
            environment,
            ["FIRST", "SECOND", "#DIFFERENCE", "95 % INTERVAL", "#COHEN'S D", "#P (T)", "#HOLM", "#P (WILCOXON)", "#HOLM"],
            PairwiseTest.All(contestants).Select(test => new[]
            {
                test.First.Label,
                test.Second.Label,
                Numbers.Short(test.Comparison.Difference.Mean),
                Numbers.Range(test.Comparison.Difference),
                Numbers.Short(test.Comparison.EffectSize),
                Numbers.Short(test.Comparison.TTest),
                Numbers.Short(test.HolmT),
                Numbers.Short(test.Comparison.Wilcoxon),
                Numbers.Short(test.HolmWilcoxon),
            }));
        environment.Out.WriteLine();
        environment.Out.WriteLine("Difference: first less second. Holm: corrected over these pairs.");
    }

    private static JsonObject ToJson(RunSides sides, IReadOnlyList<Contestant>? contestants) => new()
    {
        ["runs"] = new JsonArray([.. sides.Runs.Select(Run)]),
        ["comparable"] = sides.ShareTask,
        ["note"] = sides.ShareTask ? null : OtherTasks,
        ["test"] = contestants is null ? null : new JsonObject
        {
            ["losses"] = new JsonArray([.. contestants.Select(c => With(StatisticsJson.Arm(c.Arm), ("of", c.Label)))]),
            ["pairs"] = new JsonArray([.. PairwiseTest.All(contestants).Select(test => With(
                StatisticsJson.Difference(test.Comparison),
                ("first", test.First.Label),
                ("second", test.Second.Label),
                ("holmTTest", JsonOutput.Number(test.HolmT)),
                ("holmWilcoxon", JsonOutput.Number(test.HolmWilcoxon))))]),
        },
    };

    private static JsonObject Run(RunDetails run)
    {
        var json = RunJson.Summary(run);
        json["method"] = SearchWords.Of(run.Experiment);
        json["metric"] = run.Metric;
        json["best"] = run.HallOfFame is [var best, ..] ? RunJson.Row(best) : null;
        return json;
    }

    private static JsonObject With(JsonObject json, params ReadOnlySpan<(string Name, JsonNode? Value)> more)
    {
        foreach (var (name, value) in more)
        {
            json[name] = value;
        }

        return json;
    }
}
