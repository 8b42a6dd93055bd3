using LossActors.Cli.Output;
using LossActors.Learning.MetaTesting;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace LossActors.Cli.Report;

/// <summary>The finalists: what the search saw of them, and what fresh networks say.</summary>
internal static class WinnersCursePlot
{
    /// <summary>One place per finalist, the best of the search first.</summary>
    public static string Render(ReportData data)
    {
        var model = SvgPlot.Model("rank in the search", data.IsRegression ? "validation error (squared, standardised)" : "validation error rate");
        model.Axes.Single(axis => axis.Position == AxisPosition.Bottom).MinimumMajorStep = 1;
        var searched = Line("in the search", 1, LineStyle.Dash);
        var fresh = Line("on fresh networks", 0, LineStyle.Solid);
        foreach (var (i, finalist) in WinnersCurse.Finalists(data.Run).Index())
        {
            var interval = Interval.Of(finalist.Replicates);
            var mean = interval.Mean!.Value;
            searched.Points.Add(new DataPoint(i + 1, finalist.SearchFitness));
            fresh.Points.Add(new DataPoint(i + 1, mean));
            model.Series.Add(Whisker(i + 1, interval.Low ?? mean, interval.High ?? mean));
        }

        model.Series.Add(searched);
        model.Series.Add(fresh);
        return SvgPlot.Render(model, "curse");
    }

    private static LineSeries Line(string title, int series, LineStyle style) => new()
    {
        Title = title,
        Color = SvgPlot.Series(series),
        LineStyle = style,
        StrokeThickness = 2,
        MarkerType = MarkerType.Circle,
        MarkerSize = 4,
        MarkerFill = SvgPlot.Series(series),
    };

    private static LineSeries Whisker(double x, double low, double high)
    {
        var line = new LineSeries { Color = SvgPlot.Series(0), StrokeThickness = 1.5 };
        line.Points.AddRange([new DataPoint(x, low), new DataPoint(x, high)]);
        return line;
    }
}
