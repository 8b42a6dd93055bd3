using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace LossActors.Cli.Report;

/// <summary>A loss at a target y and a prediction f: its value and its derivative by f.</summary>
internal delegate (double Value, double Slope) LossAt(double y, double f);

/// <summary>A loss and its derivative as functions of the prediction, for the targets 0 and 1.</summary>
internal static class CurvePlots
{
    private const int Steps = 240;

    /// <summary>Two plots side by side: the value, and the derivative.</summary>
    public static (string Value, string Slope) Render(string id, LossAt loss, bool isRegression) =>
        (Render($"{id}-value", "ℓ(f)", (y, f) => loss(y, f).Value, isRegression),
         Render($"{id}-slope", "dℓ/df", (y, f) => loss(y, f).Slope, isRegression));

    private static string Render(string id, string title, Func<double, double, double> curve, bool isRegression)
    {
        var (from, to) = isRegression ? (-2.0, 3.0) : (0.005, 0.995);
        var model = SvgPlot.Model("f", title);
        var values = new List<double>();
        foreach (var y in (int[])[0, 1])
        {
            var line = new LineSeries { Title = $"y = {y}", Color = SvgPlot.Series(y), StrokeThickness = 2.5, LineStyle = y == 0 ? LineStyle.Dash : LineStyle.Solid };
            for (var i = 0; i <= Steps; i++)
            {
                var f = from + ((to - from) * i / Steps);
                var value = curve(y, f);
                if (double.IsFinite(value))
                {
                    line.Points.Add(new DataPoint(f, value));
                    values.Add(value);
                }
            }

            model.Series.Add(line);
        }

        Focus(model, values);
        return SvgPlot.Render(model, id, 380, 260);
    }

    // Logarithms near their pole would hide everything else.
    private static void Focus(PlotModel model, List<double> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        values.Sort();
        var (low, high) = (values[values.Count / 50], values[values.Count - 1 - (values.Count / 50)]);
        var margin = high > low ? 0.06 * (high - low) : Math.Max(1, Math.Abs(high));
        var axis = model.Axes.Single(a => a.Position == AxisPosition.Left);
        axis.Minimum = low - margin;
        axis.Maximum = high + margin;
    }
}
