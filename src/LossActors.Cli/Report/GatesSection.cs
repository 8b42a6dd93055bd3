using System.Globalization;
using LossActors.Actors.Record;
using LossActors.Cli.Output;

namespace LossActors.Cli.Report;

/// <summary>How candidates ended: the filters' shares, what each costs, and the evaluator time it saved.</summary>
internal static class GatesSection
{
    private static readonly string[] s_filters = ["duplicate", "zero-gradient", "rejected", "equivalent"];

    public static void Write(Html html, ReportData data)
    {
        html.Section("Gates", "How candidates ended, what that cost, and the evaluator time it saved: the island's mean cost of the stages that were not run.")
            .Element("p", Summary(data.Gates), "lead")
            .Table(
                ["verdict", "#candidates", "#share", "#ms each", "#seconds spent", "#seconds saved"],
                data.Gates.Select(gate => Row(gate, data.Gates)).Append(
                [
                    "all", Numbers.Count(data.Gates.Sum(g => g.Candidates)), "", "", Seconds(data.Gates.Sum(g => g.Seconds)), Seconds(data.Gates.Sum(g => g.SavedSeconds)),
                ]))
            .EndSection();
    }

    private static string[] Row(GateRow gate, IReadOnlyList<GateRow> all) =>
    [
        gate.Verdict,
        Numbers.Count(gate.Candidates),
        Numbers.Percent((double)gate.Candidates / all.Sum(g => g.Candidates)),
        (1000 * gate.Seconds / gate.Candidates).ToString("0.0", CultureInfo.InvariantCulture),
        Seconds(gate.Seconds),
        Seconds(gate.SavedSeconds),
    ];

    private static string Summary(IReadOnlyList<GateRow> gates)
    {
        var filters = gates.Where(g => s_filters.Contains(g.Verdict)).ToList();
        var share = (double)filters.Sum(g => g.Candidates) / Math.Max(1, gates.Sum(g => g.Candidates));
        return Numbers.Text(
            $"The filters (duplicate, zero gradient, rejected, equivalent) ended {Numbers.Percent(share)} of all candidates, for {Seconds(filters.Sum(g => g.Seconds))} seconds of evaluator time, and saved {Seconds(filters.Sum(g => g.SavedSeconds))}.");
    }

    private static string Seconds(double seconds) => seconds.ToString("0.0", CultureInfo.InvariantCulture);
}
