using LossActors.Cli.Output;

namespace LossActors.Cli.Report;

/// <summary>Where the best loss came from.</summary>
internal static class LineageSection
{
    private const int MostAncestors = 40;

    public static void Write(Html html, ReportData data)
    {
        if (data.Lineage.Count == 0)
        {
            return;
        }

        var left = data.Lineage.Count - MostAncestors;
        html.Section("Lineage of the best", "Its ancestors, nearest first. Names are island:birth.")
            .Table(
                ["candidate", "made by", "from", "verdict", "#error", "`loss"],
                data.Lineage.Take(MostAncestors).Select(c => new[]
                {
                    c.Id,
                    c.Origin,
                    c.Parents.IsDefaultOrEmpty ? "–" : string.Join(", ", c.Parents),
                    c.StoppedAt is { } steps ? Numbers.Text($"{c.Verdict}, measured after {steps} steps") : c.Verdict,
                    Numbers.Short(c.Fitness),
                    LossText.Short(LossText.Of(c)),
                }));
        if (left > 0)
        {
            html.Element("p", Numbers.Text($"{left} earlier ancestors are left out."), "lead");
        }

        html.EndSection();
    }
}
