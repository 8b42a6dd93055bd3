using System.Text.Json.Nodes;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace LossActors.Studies;

/// <summary>Throughput of simulated searches by evaluators, a line for each number of islands.</summary>
internal static class SimulationFigure
{
    private static readonly OxyColor[] s_colors = [OxyColors.SteelBlue, OxyColors.DarkOrange, OxyColors.SeaGreen, OxyColors.Firebrick];

    /// <summary>An SVG document.</summary>
    /// <param name="json">What <c>lossactors simulate --json</c> printed.</param>
    public static string Render(string json)
    {
        var model = new PlotModel { DefaultFont = "Helvetica", DefaultFontSize = 12, Background = OxyColors.White };
        model.Legends.Add(new Legend { LegendPosition = LegendPosition.LeftTop });
        model.Axes.Add(new LogarithmicAxis { Position = AxisPosition.Bottom, Title = "evaluators", MajorGridlineStyle = LineStyle.Solid, MajorGridlineColor = OxyColors.LightGray });
        model.Axes.Add(new LogarithmicAxis { Position = AxisPosition.Left, Title = "candidates per second", MajorGridlineStyle = LineStyle.Solid, MajorGridlineColor = OxyColors.LightGray });
        var simulations = JsonNode.Parse(json)!["simulations"]!.AsArray().Select(s => (
            Evaluators: (int)s!["evaluators"]!, Islands: (int)s["islands"]!, Rate: (double)s["candidatesPerSecond"]!));
        foreach (var (i, islands) in simulations.GroupBy(s => s.Islands).OrderBy(g => g.Key).Index())
        {
            var line = new LineSeries { Title = $"{islands.Key} islands", Color = s_colors[i % s_colors.Length], MarkerType = MarkerType.Circle, MarkerFill = s_colors[i % s_colors.Length] };
            line.Points.AddRange(islands.OrderBy(s => s.Evaluators).Select(s => new DataPoint(s.Evaluators, s.Rate)));
            model.Series.Add(line);
        }

        return new SvgExporter { Width = 760, Height = 420 }.ExportToString(model);
    }
}
