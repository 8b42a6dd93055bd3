using System.Globalization;
using LossActors.Actors.Experiments;
using LossActors.Actors.Record;
using LossActors.Learning.MetaTesting;

namespace LossActors.Cli.Output;

/// <summary>Runs and halls of fame as tables.</summary>
internal static class RunTables
{
    /// <summary>A list of runs.</summary>
    public static void WriteRuns(CliEnvironment environment, IEnumerable<RunSummary> runs) => TextTable.Write(
        environment,
        ["RUN", "STATE", "#EVALUATIONS", "#TRAINED", "#TIME", "BASELINE", "STARTED"],
        runs.Select(r => new[]
        {
            r.Run,
            r.State,
            $"{Numbers.Count(r.Evaluations)}/{Numbers.Count(r.Budget)}",
            Numbers.Count(r.Trained),
            Numbers.Clock(TimeSpan.FromSeconds(r.ElapsedSeconds)),
            r.Baseline is { } b ? Numbers.Short(b.Value) : "–",
            r.CreatedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        }));

    /// <summary>One run with its hall of fame.</summary>
    public static void WriteDetails(CliEnvironment environment, RunDetails run)
    {
        var to = environment.Out;
        to.WriteLine(Numbers.Text($"{run.Run}: {run.State}{(run.Reason is null ? "" : $" ({run.Reason})")}"));
        var candidates = run.Experiment.Search.Method == SearchMethod.Baseline
            ? ""
            : $"{Numbers.Count(run.Evaluations)} of {Numbers.Count(run.Budget)} evaluations, {Numbers.Count(run.Trained)} trained, ";
        to.WriteLine(Numbers.Text($"  {candidates}{MethodText.Of(run)}, seed {run.Seed}{(run.Strict ? ", strict" : "")}"));
        to.WriteLine(Numbers.Text($"  {Numbers.Clock(TimeSpan.FromSeconds(run.ElapsedSeconds))} at work, started {run.CreatedAt.ToLocalTime():yyyy-MM-dd HH:mm}"));
        to.WriteLine(Numbers.Text($"  {Numbers.Count(run.TrainingSteps)} training steps{(run.RefinementSteps > 0 ? $", {Numbers.Count(run.RefinementSteps)} of them in refinements" : "")}{(run.SavedSteps > 0 ? $", {Numbers.Count(run.SavedSteps)} saved by racing" : "")}"));
        foreach (var evaluator in run.Evaluators)
        {
            to.WriteLine(Numbers.Text($"  evaluator {evaluator.Pid}{(evaluator.Node.Length > 0 ? $" at {evaluator.Node}" : "")} on {evaluator.Device}: {evaluator.State}"));
        }

        foreach (var node in run.Nodes.Where(n => n.Role == "search"))
        {
            to.WriteLine(Numbers.Text($"  search node {node.Address}: {node.State}"));
        }

        foreach (var change in run.Amendments)
        {
            to.WriteLine(Numbers.Text($"  change {change.Number}, {change.At.ToLocalTime():yyyy-MM-dd HH:mm}: {change.Description}"));
        }

        WriteHallOfFame(environment, run);
    }

    /// <summary>The best losses beside the baseline.</summary>
    public static void WriteHallOfFame(CliEnvironment environment, RunDetails run)
    {
        TextTable.Write(
            environment,
            ["#RANK", $"#{MetricName(run.Metric).ToUpperInvariant()}", "95 % INTERVAL", "#REPLICATES", "#IN THE SEARCH", "#NODES", "LOSS"],
            run.HallOfFame.Select(row => new[]
            {
                row.Rank.ToString(CultureInfo.InvariantCulture),
                Numbers.Short(row.Fitness),
                Numbers.Range(Interval.Of(row.Replicates)),
                row.Replicates.Length.ToString(CultureInfo.InvariantCulture),
                Numbers.Short(row.SearchFitness),
                row.Complexity.ToString(CultureInfo.InvariantCulture),
                LossText.Short(LossText.Of(row)),
            }).Concat(run.Baseline is { } baseline ? [Row(baseline)] : []));
        if (WinnersCurse.Of(run) is { } curse)
        {
            environment.Out.WriteLine();
            environment.Out.WriteLine(curse);
        }
    }

    /// <summary>What the metric measures, in words.</summary>
    public static string MetricName(string metric) => metric switch
    {
        "mse" => "Squared error",
        "mean-error" => "Mean error",
        "relative-error" => "Relative error",
        _ => "Error rate",
    };

    /// <summary>The loss that networks are trained under by default.</summary>
    public static string TaskLossName(string metric) => metric switch
    {
        "mse" => "squared error",
        "mean-error" or "relative-error" => "task losses",
        _ => "cross-entropy",
    };

    /// <summary>What the baseline is, in words.</summary>
    public static string BaselineName(BaselineResult baseline) => $"{TaskLossName(baseline.Metric)}, learning rate {Numbers.Short(baseline.LearningRate)} (baseline)";

    private static string[] Row(BaselineResult baseline) =>
    [
        "–",
        Numbers.Short(baseline.Value),
        Numbers.Range(Interval.Of(baseline.Replicates)),
        baseline.Replicates.Length.ToString(CultureInfo.InvariantCulture),
        "–",
        "–",
        BaselineName(baseline),
    ];
}
