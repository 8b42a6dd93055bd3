using LossActors.Actors.Record;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace LossActors.Cli.Report;

/// <summary>Plots of fitness: over time, and against size.</summary>
internal static class FitnessPlots
{
    private const int MostPoints = 4000;

    /// <summary>The best fitness so far of each island over the time at work, with every trained candidate as a faint point.</summary>
    public static string OverTime(ReportData data)
    {
        var model = SvgPlot.Model("seconds at work", Metric(data));
        var trained = Trained(data).ToList();
        model.Series.Add(Points(trained.Select(c => new ScatterPoint(c.AtSeconds, c.Fitness!.Value))));
        var search = data.Run.Experiment.Search;
        foreach (var island in trained.GroupBy(c => c.Island).OrderBy(g => g.Key))
        {
            var line = new StairStepSeries { Title = search.HasSeveralTaskSets ? $"island {island.Key}, {search.TasksOf(island.Key)}" : $"island {island.Key}", Color = SvgPlot.Series(island.Key), StrokeThickness = 2, VerticalStrokeThickness = 2 };
            var best = double.PositiveInfinity;
            foreach (var candidate in island)
            {
                best = Math.Min(best, candidate.Fitness!.Value);
                line.Points.Add(new DataPoint(candidate.AtSeconds, best));
            }

            // To the end of the run, so that lines can be compared.
            line.Points.Add(new DataPoint(trained[^1].AtSeconds, best));
            model.Series.Add(line);
        }

        AddBaseline(model, data);
        Focus(model, trained, data);
        return SvgPlot.Render(model, "time");
    }

    /// <summary>Fitness against the number of nodes, with the Pareto front of both.</summary>
    public static string Pareto(ReportData data)
    {
        var model = SvgPlot.Model("nodes", Metric(data));
        var trained = Trained(data).ToList();
        model.Series.Add(Points(trained.Select(c => new ScatterPoint(c.Complexity, c.Fitness!.Value))));

        // Errors on different tasks do not compare.
        var search = data.Run.Experiment.Search;
        foreach (var (series, alike) in trained.GroupBy(c => search.TasksOf(c.Island)).Index())
        {
            model.Series.Add(Front(search.HasSeveralTaskSets ? $"Pareto front, {alike.Key}" : "Pareto front", series, alike));
        }

        AddBaseline(model, data);
        Focus(model, trained, data);
        return SvgPlot.Render(model, "pareto");
    }

    private static StairStepSeries Front(string title, int series, IEnumerable<CandidateRow> candidates)
    {
        var front = new StairStepSeries
        {
            Title = title,
            Color = SvgPlot.Series(series),
            StrokeThickness = 2,
            VerticalStrokeThickness = 2,
            MarkerType = MarkerType.Circle,
            MarkerSize = 4,
            MarkerFill = SvgPlot.Series(series),
        };
        var best = double.PositiveInfinity;
        foreach (var candidate in candidates.OrderBy(c => c.Complexity).ThenBy(c => c.Fitness))
        {
            if (candidate.Fitness < best)
            {
                best = candidate.Fitness!.Value;
                front.Points.Add(new DataPoint(candidate.Complexity, best));
            }
        }

        return front;
    }

    private static IEnumerable<CandidateRow> Trained(ReportData data) =>
        data.Candidates.Where(c => c is { Verdict: "trained", Fitness: not null });

    private static ScatterSeries Points(IEnumerable<ScatterPoint> points)
    {
        var series = new ScatterSeries { MarkerType = MarkerType.Circle, MarkerSize = 2, MarkerFill = SvgPlot.Faint };
        series.Points.AddRange(points.OrderBy(p => p.Y).Take(MostPoints));
        return series;
    }

    private static void AddBaseline(PlotModel model, ReportData data)
    {
        if (data.Run.Baseline is { } baseline)
        {
            model.Annotations.Add(new LineAnnotation
            {
                Type = LineAnnotationType.Horizontal,
                Y = baseline.Value,
                Color = SvgPlot.Ink,
                LineStyle = LineStyle.Dash,
                Text = "baseline",
                TextColor = SvgPlot.Ink,
            });
        }
    }

    // Candidates far from the best would squeeze the rest into a line.
    private static void Focus(PlotModel model, List<CandidateRow> trained, ReportData data)
    {
        if (trained.Count < 10)
        {
            return;
        }

        var sorted = trained.Select(c => c.Fitness!.Value).Order().ToList();
        var low = Math.Min(sorted[0], data.Run.Baseline?.Value ?? sorted[0]);
        var high = Math.Max(sorted[sorted.Count / 2], data.Run.Baseline?.Value ?? 0);
        if (high > low)
        {
            var axis = model.Axes.Single(a => a.Position == AxisPosition.Left);
            axis.Minimum = low - (0.05 * (high - low));
            axis.Maximum = high + (0.05 * (high - low));
        }
    }

    private static string Metric(ReportData data) => data.IsRegression ? "validation error (squared, standardised)" : "validation error rate";
}
