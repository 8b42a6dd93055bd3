using System.Reflection;
using LossActors.Cli.Output;

namespace LossActors.Cli.Report;

/// <summary>A run as one self-contained HTML page: no scripts, no references to anything outside.</summary>
internal static class HtmlReport
{
    /// <summary>The whole page.</summary>
    /// <param name="data">The run.</param>
    /// <param name="now">When the report is made.</param>
    public static string Render(ReportData data, DateTimeOffset now)
    {
        var html = new Html()
            .Raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
            .Text($"LossActors: {data.Run.Run}")
            .Raw("</title>\n<style>\n").Raw(Style()).Raw("</style>\n</head>\n<body>\n<main>\n");
        SummarySection.Write(html, data);
        if (data.Best is { } best)
        {
            BestLossSection.Write(html, data, best);
        }

        SearchSections.WriteFitness(html, data);
        HallOfFameSection.Write(html, data);
        LineageSection.Write(html, data);
        GatesSection.Write(html, data);
        RacingSection.Write(html, data);
        SearchSections.WriteRefinement(html, data);
        SearchSections.WriteMigrants(html, data);
        SearchSections.WriteAmendments(html, data);
        DataSection.Write(html, data);
        RepeatSection.Write(html, data);
        return html
            .Raw("<footer>")
            .Text(Numbers.Text($"Written by LossActors on {now.ToLocalTime():yyyy-MM-dd HH:mm} from the run's record alone."))
            .Raw("</footer>\n</main>\n</body>\n</html>\n")
            .ToString();
    }

    private static string Style()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("report.css")!);
        return reader.ReadToEnd();
    }
}
