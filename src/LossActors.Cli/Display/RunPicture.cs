using System.Globalization;
using LossActors.Cli.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace LossActors.Cli.Display;

/// <summary>Draws a run for a terminal.</summary>
internal static class RunPicture
{
    private const int FameRows = 8;

    public static IRenderable Draw(RunView view, string notice, int width)
    {
        var rows = new List<IRenderable>
        {
            new Markup($"[bold]{Markup.Escape(view.Run)}[/]  [grey]{Markup.Escape(view.State)}[/]"),
            Progress(view, width),
            new Columns(Islands(view), Right(view)) { Expand = false },
            Fame(view),
        };
        if (notice.Length > 0)
        {
            rows.Add(new Markup($"[yellow]{Markup.Escape(notice)}[/]"));
        }

        rows.Add(new Markup("[grey]Ctrl+C saves and stops[/]"));
        return new Rows(rows);
    }

    private static Markup Progress(RunView view, int width)
    {
        var length = Math.Clamp(width - 62, 10, 50);
        var share = view.Budget > 0 ? Math.Clamp((double)view.Evaluations / view.Budget, 0, 1) : 0;
        var filled = (int)Math.Round(share * length);
        var left = view.Left is { } time ? $"{Numbers.Clock(time)} left" : "";
        return new Markup(Numbers.Text(
            $"[blue]{new string('━', filled)}[/][grey]{new string('─', length - filled)}[/] {view.Evaluations}/{view.Budget}  {view.Rate:0.0}/s  {Numbers.Clock(view.Elapsed)}  [grey]{left}[/]"));
    }

    private static Table Islands(RunView view)
    {
        var table = Titled("island", "#judged", "#trained", "#migrants", "#best");
        foreach (var island in view.Islands.Take(16))
        {
            table.AddRow(Cells(
                island.Number.ToString(CultureInfo.InvariantCulture), Numbers.Count(island.Judged), Numbers.Count(island.Trained), Numbers.Count(island.Migrants), $"{Numbers.Short(island.Best)}{view.OnIsland(island.Number)}"));
        }

        return table;
    }

    private static Rows Right(RunView view)
    {
        var gates = Titled("verdict", "#candidates");
        foreach (var (verdict, count) in view.Verdicts)
        {
            gates.AddRow(Cells(verdict, Numbers.Count(count)));
        }

        var evaluators = view.Workforce is not { } workforce
            ? "evaluators are starting"
            : Numbers.Text($"{workforce.Slots.Count(s => s.State == "busy")} of {workforce.Slots.Count} evaluators busy, {workforce.Waiting} jobs wait");
        return new Rows(
            gates,
            new Text($"gates saved {Numbers.Clock(TimeSpan.FromSeconds(view.SavedSeconds))} of evaluator time"),
            new Text(evaluators),
            new Text($"baseline so far {Numbers.Short(view.Baseline)}"));
    }

    private static Table Fame(RunView view)
    {
        var table = Titled($"#{RunTables.MetricName(view.Metric).ToLowerInvariant()}", "#nodes", "loss");
        foreach (var individual in view.Front.Take(FameRows))
        {
            table.AddRow(Cells($"{Numbers.Short(individual.Fitness)}{view.OnIsland(individual.Id.Island)}", individual.Complexity.ToString(CultureInfo.InvariantCulture), LossText.Short(individual.Expression)));
        }

        return table;
    }

    private static Table Titled(params string[] titles)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        foreach (var title in titles)
        {
            var column = new TableColumn(new Text(title.TrimStart('#'), new Style(Color.Grey)));
            table.AddColumn(title.StartsWith('#') ? column.RightAligned().NoWrap() : column);
        }

        return table;
    }

    private static IEnumerable<IRenderable> Cells(params string[] texts) => texts.Select(t => new Text(t));
}
