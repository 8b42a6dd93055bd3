using System.Globalization;
using System.Text.RegularExpressions;

namespace LossActors.Actors.Hosting;

/// <summary>Keeps what is said again and again from filling a log: the first time counts, then the tenth, the hundredth and so on.</summary>
internal sealed partial class Repetitions
{
    // More kinds of trouble than these are no repetition.
    private const int Most = 1000;

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Counts a text. Texts that differ in numbers only (ports, times, identifiers, bytes in hexadecimal) are the same.</summary>
    /// <returns>What to add to it (nothing the first time, then how often it came); null where it need not be said again.</returns>
    public string? Count(string text)
    {
        var key = Number.Replace(text, "");
        if (_counts.Count >= Most && !_counts.ContainsKey(key))
        {
            _counts.Clear();
        }

        var count = _counts[key] = _counts.GetValueOrDefault(key) + 1;
        return count == 1 ? "" : IsPowerOfTen(count) ? string.Create(CultureInfo.InvariantCulture, $" (for the {count:N0}th time)") : null;
    }

    private static bool IsPowerOfTen(int count)
    {
        while (count % 10 == 0)
        {
            count /= 10;
        }

        return count == 1;
    }

    [GeneratedRegex(@"\b[0-9a-fA-F]{8,}\b|[0-9]+")]
    private static partial Regex Number { get; }
}
