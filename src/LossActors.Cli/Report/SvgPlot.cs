using System.Globalization;
using System.Text.RegularExpressions;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace LossActors.Cli.Report;

/// <summary>
/// Plots as inline SVG that follow the page's light or dark colours: models are drawn in marker colours, which become CSS variables.
/// </summary>
internal static partial class SvgPlot
{
    /// <summary>How many colours there are for series; more wrap around.</summary>
    public const int SeriesColors = 8;

    private const byte Marker = 7;

    /// <summary>Text, axes and reference lines.</summary>
    public static OxyColor Ink { get; } = OxyColor.FromRgb(Marker, Marker, 100);

    /// <summary>Grid lines.</summary>
    public static OxyColor Grid { get; } = OxyColor.FromRgb(Marker, Marker, 101);

    /// <summary>Points that are only background.</summary>
    public static OxyColor Faint { get; } = OxyColor.FromRgb(Marker, Marker, 102);

    /// <summary>The colour of a series.</summary>
    public static OxyColor Series(int index) => OxyColor.FromRgb(Marker, Marker, (byte)(index % SeriesColors));

    /// <summary>An empty plot with two axes.</summary>
    public static PlotModel Model(string xTitle, string yTitle)
    {
        var model = new PlotModel
        {
            DefaultFont = "Helvetica",
            DefaultFontSize = 12,
            TextColor = Ink,
            PlotAreaBorderColor = Grid,
            PlotAreaBorderThickness = new OxyThickness(0, 0, 0, 1),
        };
        model.Axes.Add(Axis(AxisPosition.Bottom, xTitle, OxyColors.Transparent));
        model.Axes.Add(Axis(AxisPosition.Left, yTitle, Grid));
        return model;
    }

    /// <summary>A model as an <c>svg</c> element, below a legend of its titled series: fonts differ, and text in HTML finds its own room.</summary>
    /// <param name="model">The plot.</param>
    /// <param name="id">A word that no other plot of the page has: parts of the drawing are named after it.</param>
    /// <param name="width">Width in pixels at full size.</param>
    /// <param name="height">Height in pixels at full size.</param>
    public static string Render(PlotModel model, string id, int width = 760, int height = 340)
    {
        var exporter = new SvgExporter { Width = width, Height = height, IsDocument = false };
        var svg = exporter.ExportToString(model);

        // A size that follows the page, names of its own (pages share one space of ids), colours that follow the theme.
        var start = svg.IndexOf("<svg", StringComparison.Ordinal);
        svg = svg[start..].Replace("clipPath", "clipPath-" + id, StringComparison.Ordinal)
            .Replace("<clipPath-" + id, "<clipPath", StringComparison.Ordinal)
            .Replace("</clipPath-" + id, "</clipPath", StringComparison.Ordinal);
        svg = SizePattern().Replace(svg, string.Create(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {width} {height}\" role=\"img\""), 1);
        return ColorPattern().Replace(Legend(model) + svg, match => byte.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) switch
        {
            100 => "var(--ink)",
            101 => "var(--grid)",
            102 => "var(--faint)",
            var series => $"var(--s{series})",
        });
    }

    private static string Legend(PlotModel model)
    {
        var entries = model.Series.OfType<LineSeries>().Where(s => s.Title is not null).Select(s =>
            $"<li><i style=\"border-color:rgb({s.Color.R},{s.Color.G},{s.Color.B}){(s.LineStyle == LineStyle.Dash ? ";border-top-style:dashed" : "")}\"></i>{Html.Escape(s.Title)}</li>");
        return $"<ul class=\"legend\">{string.Concat(entries)}</ul>";
    }

    private static LinearAxis Axis(AxisPosition position, string title, OxyColor gridlines) => new()
    {
        Position = position,
        Title = title,
        AxislineColor = Grid,
        TicklineColor = Grid,
        TextColor = Ink,
        TitleColor = Ink,
        AxisTitleDistance = position == AxisPosition.Left ? 16 : 6,
        MajorGridlineStyle = LineStyle.Solid,
        MajorGridlineColor = gridlines,
        MinorTickSize = 0,
        MinimumPadding = 0.03,
        MaximumPadding = 0.03,
    };

    [GeneratedRegex("<svg width=\"[^\"]*\" height=\"[^\"]*\"")]
    private static partial Regex SizePattern();

    [GeneratedRegex(@"rgb\(7,7,(\d+)\)")]
    private static partial Regex ColorPattern();
}
