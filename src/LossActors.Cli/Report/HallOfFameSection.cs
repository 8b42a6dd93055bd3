using System.Globalization;
using LossActors.Actors.Experiments;
using LossActors.Actors.Record;
using LossActors.Cli.Output;
using LossActors.Learning.MetaTesting;

namespace LossActors.Cli.Report;

/// <summary>The hall of fame with the replicates behind each number.</summary>
internal static class HallOfFameSection
{
    public static void Write(Html html, ReportData data)
    {
        html.Section(
            "Hall of fame",
            data.Run.State == "completed"
                ? $"{MethodText.HallOfFame(data.Run)}, with the 95 % confidence interval of the mean. The fitness of the search, which selected them, stands beside it."
                : "The Pareto front of error and size so far.");
        if (data.Run.HallOfFame.IsEmpty)
        {
            html.Element("p", data.Run.Experiment.Search.Method == SearchMethod.Baseline ? "The task loss at its best learning rate." : "No candidate has been trained.");
        }

        if (data.Run.HallOfFame.IsEmpty && data.Run.Baseline is null)
        {
            html.EndSection();
            return;
        }

        html.Table(
                ["#rank", "#error", "95 % interval", "#networks", "#in the search", "#nodes", "candidate", "`loss"],
                data.Run.HallOfFame.Select(row => new[]
                {
                    row.Rank.ToString(CultureInfo.InvariantCulture),
                    Numbers.Short(row.Fitness),
                    Numbers.Range(Interval.Of(row.Replicates)),
                    row.Replicates.Length.ToString(CultureInfo.InvariantCulture),
                    Numbers.Short(row.SearchFitness),
                    row.Complexity.ToString(CultureInfo.InvariantCulture),
                    row.Candidate,
                    LossText.Short(LossText.Of(row)),
                }).Concat(data.Run.Baseline is { } task ? [Row(task)] : []))
            .Raw("<details><summary>Every replicate</summary>\n")
            .Table(
                ["#rank", "error of each fresh network"],
                data.Run.HallOfFame.Select(row => new[] { row.Rank.ToString(CultureInfo.InvariantCulture), string.Join(", ", row.Replicates.Select(Numbers.Short)) })
                    .Concat(data.Run.Baseline is { } baseline ? [["baseline", string.Join(", ", baseline.Replicates.Select(Numbers.Short))]] : []))
            .Raw("</details>\n");
        FitnessPartsTable.Write(html, data);
        WriteWinnersCurse(html, data);
        html.EndSection();
    }

    private static string[] Row(BaselineResult baseline) =>
    [
        "–",
        Numbers.Short(baseline.Value),
        Numbers.Range(Interval.Of(baseline.Replicates)),
        baseline.Replicates.Length.ToString(CultureInfo.InvariantCulture),
        "–",
        "–",
        "–",
        RunTables.BaselineName(baseline),
    ];

    private static void WriteWinnersCurse(Html html, ReportData data)
    {
        if (WinnersCurse.Of(data.Run) is { } curse)
        {
            html.Element("p", curse.ToString(), "lead")
                .Figure(WinnersCursePlot.Render(data), "The finalists by their rank in the search: what it saw, and what fresh networks say (95 % intervals).");
        }
    }
}
