using System.Globalization;
using LossActors.Cli.Output;

namespace LossActors.Cli.Report;

/// <summary>The hall of fame with the replicates behind each number.</summary>
internal static class HallOfFameSection
{
    public static void Write(Html html, ReportData data)
    {
        html.Section(
            "Hall of fame",
            data.Run.State == "completed"
                ? "The Pareto front of size and mean error over fresh networks; ± is the standard deviation over them."
                : "The Pareto front of error and size so far.");
        if (data.Run.HallOfFame.IsEmpty)
        {
            html.Element("p", "No candidate has been trained.").EndSection();
            return;
        }

        html.Table(
                ["#rank", "#error", "#±", "#networks", "#in the search", "#nodes", "candidate", "`loss"],
                data.Run.HallOfFame.Select(row => new[]
                {
                    row.Rank.ToString(CultureInfo.InvariantCulture),
                    Numbers.Short(row.Fitness),
                    row.Replicates.Length > 1 ? Numbers.Short(Deviation(row.Replicates)) : "–",
                    row.Replicates.Length.ToString(CultureInfo.InvariantCulture),
                    Numbers.Short(row.SearchFitness),
                    row.Complexity.ToString(CultureInfo.InvariantCulture),
                    row.Candidate,
                    LossText.Short(LossText.Of(row)),
                }))
            .Raw("<details><summary>Every replicate</summary>\n")
            .Table(
                ["#rank", "error of each fresh network"],
                data.Run.HallOfFame.Select(row => new[] { row.Rank.ToString(CultureInfo.InvariantCulture), string.Join(", ", row.Replicates.Select(Numbers.Short)) })
                    .Concat(data.Run.Baseline is { } baseline ? [["baseline", string.Join(", ", baseline.Replicates.Select(Numbers.Short))]] : []))
            .Raw("</details>\n").EndSection();
    }

    private static double Deviation(IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
    }
}
