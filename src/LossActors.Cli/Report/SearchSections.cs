using System.Globalization;
using LossActors.Actors.Record;
using LossActors.Cli.Output;

namespace LossActors.Cli.Report;

/// <summary>What the search did: fitness over time, refinement, migrants.</summary>
internal static class SearchSections
{
    private const int MostRows = 60;

    public static void WriteFitness(Html html, ReportData data)
    {
        if (!data.Candidates.Any(c => c is { Verdict: "trained", Fitness: not null }))
        {
            return;
        }

        var tasks = data.Run.Experiment.Search.HasSeveralTaskSets ? " Islands measure on different tasks, whose errors do not compare; the baseline's is that of all tasks." : "";
        html.Section("Fitness", "Each point is a trained candidate; the worse half may lie above the plots." + tasks)
            .Figure(FitnessPlots.OverTime(data), "The best error so far of each island over time.")
            .Figure(FitnessPlots.Pareto(data), "Error against size. The front holds what nothing smaller beats.")
            .EndSection();
    }

    public static void WriteRefinement(Html html, ReportData data)
    {
        if (data.Refinements.Count == 0)
        {
            return;
        }

        var compared = data.Refinements.Where(r => r is { ErrorBefore: not null, ErrorAfter: not null }).ToList();
        html.Section(
            "Refinement",
            Numbers.Text($"Losses whose coefficients were tuned by meta-gradients: {data.Refinements.Count}. A tuned elite is a new candidate, and its parent stays; one without a parent was tuned before its own training. Where no tuned coefficients did better in rehearsal, they are what they were."));
        if (compared.Count > 0)
        {
            html.Table(
                ["median fitness (validation error)", "#before", "#after"],
                [Medians("on networks that neither search nor tuning used", compared, r => r.ErrorBefore, r => r.ErrorAfter), .. Searched(data)]);
            html.Element("p", Numbers.Text($"On those networks {compared.Count(r => r.ErrorAfter < r.ErrorBefore)} of {compared.Count} became better, {compared.Count(r => r.ErrorAfter > r.ErrorBefore)} worse, {compared.Count(r => r.ErrorAfter == r.ErrorBefore)} stayed as they were. The search's own networks flatter an elite before its tuning: it is an elite by their numbers."), "lead");
        }

        html.Raw("<details><summary>Each of them</summary>\n")
            .Table(
                ["candidate", "parent", "verdict", "#fresh error before", "#after", "#search's error before", "#after"],
                data.Refinements.Take(MostRows).Select(r => new[]
                {
                    r.Candidate, r.Parent, r.Verdict ?? "under way", Numbers.Short(r.ErrorBefore), Numbers.Short(r.ErrorAfter), Numbers.Short(r.FitnessBefore), Numbers.Short(r.FitnessAfter),
                }))
            .Raw("</details>\n").EndSection();
    }

    public static void WriteMigrants(Html html, ReportData data)
    {
        if (data.Run.Islands < 2)
        {
            return;
        }

        html.Section("Migrants", Numbers.Text($"{data.Migrants.Count} migrants were accepted."))
            .Table(
                ["from", "to", "#accepted", "#best error"],
                data.Migrants.GroupBy(m => (m.From, m.To)).OrderBy(g => g.Key.To).ThenBy(g => g.Key.From).Select(g => new[]
                {
                    Numbers.Text($"island {g.Key.From}"), Numbers.Text($"island {g.Key.To}"), g.Count().ToString(CultureInfo.InvariantCulture), Numbers.Short(g.Min(m => m.Fitness)),
                }))
            .EndSection();
    }

    public static void WriteAmendments(Html html, ReportData data)
    {
        if (data.Run.Amendments.IsEmpty)
        {
            return;
        }

        html.Section("Changes while it went on", "Made by users. They are in the run's journal; a repeat of the search from its settings would be without them.")
            .Table(
                ["#number", "when", "change"],
                data.Run.Amendments.Select(a => new[] { a.Number.ToString(CultureInfo.InvariantCulture), Numbers.Text($"{a.At.ToLocalTime():yyyy-MM-dd HH:mm:ss}"), a.Description }))
            .EndSection();
    }

    private static IEnumerable<string[]> Searched(ReportData data)
    {
        var trained = data.Refinements.Where(r => r is { FitnessBefore: not null, FitnessAfter: not null }).ToList();
        return trained.Count == 0
            ? []
            : [Medians(Numbers.Text($"on the search's own networks, {trained.Count} that were changed"), trained, r => r.FitnessBefore, r => r.FitnessAfter)];
    }

    private static string[] Medians(string what, List<RefinementRow> rows, Func<RefinementRow, double?> before, Func<RefinementRow, double?> after) =>
        [what, Numbers.Short(Median(rows.Select(r => before(r)!.Value))), Numbers.Short(Median(rows.Select(r => after(r)!.Value)))];

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
