using System.Globalization;

namespace LossActors.Actors.Experiments;

/// <summary>Spans of time as users write them: <c>90s</c>, <c>10m</c>, <c>1h</c>, <c>500ms</c>, <c>2d</c>.</summary>
public static class Durations
{
    private static readonly (string Unit, double Seconds)[] s_units = [("ms", 1e-3), ("s", 1), ("m", 60), ("h", 3600), ("d", 86400)];

    /// <summary>Reads a number with its unit; positive, at most 365 days.</summary>
    public static bool TryParse(string text, out TimeSpan span)
    {
        ArgumentNullException.ThrowIfNull(text);
        span = default;
        var trimmed = text.AsSpan().Trim();
        foreach (var (unit, seconds) in s_units)
        {
            if (trimmed.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(trimmed[..^unit.Length].TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number * seconds is > 0 and <= 365 * 86400.0)
            {
                span = TimeSpan.FromTicks((long)Math.Max(1, Math.Round(number * seconds * TimeSpan.TicksPerSecond)));
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes a span so that <see cref="TryParse"/> reads the same one, in the largest unit that divides it.</summary>
    public static string Format(TimeSpan span)
    {
        for (var i = s_units.Length - 1; i >= 0; i--)
        {
            var ticks = (long)(s_units[i].Seconds * TimeSpan.TicksPerSecond);
            if (span.Ticks % ticks == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{span.Ticks / ticks}{s_units[i].Unit}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(decimal)span.Ticks / TimeSpan.TicksPerMillisecond}ms");
    }
}
