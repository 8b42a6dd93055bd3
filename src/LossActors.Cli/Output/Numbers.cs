using System.Globalization;
using LossActors.Learning.MetaTesting;

namespace LossActors.Cli.Output;

/// <summary>Numbers as people read them, the same in every culture.</summary>
internal static class Numbers
{
    /// <summary>Text with numbers in it, the same in every culture.</summary>
    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Six significant digits.</summary>
    public static string Short(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>Six significant digits, or a dash.</summary>
    public static string Short(double? value) => value is { } number ? Short(number) : "–";

    /// <summary>A confidence interval, or a dash.</summary>
    public static string Range(Interval interval) => interval is { Low: { } low, High: { } high } ? $"{Short(low)} … {Short(high)}" : "–";

    /// <summary>All digits that matter.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A whole number with thousands separated.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A share as a percentage.</summary>
    public static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A span of time: 0:42, 12:05, 1:02:03.</summary>
    public static string Clock(TimeSpan span) => span.TotalHours < 1
        ? span.ToString(@"m\:ss", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalHours}:{span:mm\\:ss}");
}
