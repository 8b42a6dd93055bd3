using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace LossActors.Studies.Table;

/// <summary>The results table as a figure: each winner's difference to the tuned task loss with its 95 % interval.</summary>
internal static class TableFigure
{
    private const int RowHeight = 22;

    // Fonts differ: room for the longest label in a wide one.
    private const int LabelWidth = 320;

    /// <summary>An SVG document.</summary>
    public static string Render(IEnumerable<TableRow> table)
    {
        var rows = table.Where(row => row.Method != TableMethod.Baseline).ToList();
        var model = new PlotModel
        {
            DefaultFont = "Helvetica",
            DefaultFontSize = 12,
            Background = OxyColors.White,
            PlotAreaBorderThickness = new OxyThickness(0, 0, 0, 1),
            PlotMargins = new OxyThickness(LabelWidth, double.NaN, double.NaN, double.NaN),
        };
        model.Axes.Add(new LinearAxis { Position = AxisPosition.Bottom, Title = "difference to the tuned task loss on the test set, % of its error (left: better)", MajorGridlineStyle = LineStyle.Solid, MajorGridlineColor = OxyColors.LightGray });
        model.Axes.Add(new LinearAxis
        {
            Position = AxisPosition.Left,
            Minimum = -rows.Count + 0.25,
            Maximum = 0.75,
            MajorStep = 1,
            MinorTickSize = 0,
            MajorTickSize = 0,
            LabelFormatter = y => -y >= 0 && -y < rows.Count ? $"{rows[(int)-y].Task.Title} · {rows[(int)-y].Method.Name}" : "",
        });
        model.Annotations.Add(new LineAnnotation { Type = LineAnnotationType.Vertical, X = 0, Color = OxyColors.Black, LineStyle = LineStyle.Solid });
        foreach (var (i, row) in rows.Index())
        {
            if (row.Relative.Times(100) is { Mean: { } mean } interval)
            {
                model.Series.Add(Interval(interval.Low ?? mean, interval.High ?? mean, -i));
                model.Series.Add(Mean(mean, -i, row.HolmT < 0.05));
            }
        }

        return new SvgExporter { Width = 900, Height = 70 + (RowHeight * rows.Count) }.ExportToString(model);
    }

    private static LineSeries Interval(double low, double high, double y)
    {
        var line = new LineSeries { Color = OxyColors.SteelBlue, StrokeThickness = 2 };
        line.Points.AddRange([new DataPoint(low, y), new DataPoint(high, y)]);
        return line;
    }

    // Filled: significant at 5 % after Holm's correction.
    private static ScatterSeries Mean(double mean, double y, bool significant)
    {
        var point = new ScatterSeries { MarkerType = MarkerType.Circle, MarkerSize = 4, MarkerStroke = OxyColors.SteelBlue, MarkerStrokeThickness = 2, MarkerFill = significant ? OxyColors.SteelBlue : OxyColors.White };
        point.Points.Add(new ScatterPoint(mean, y));
        return point;
    }
}
