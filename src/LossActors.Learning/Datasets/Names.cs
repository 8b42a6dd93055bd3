namespace LossActors.Learning.Datasets;

/// <summary>Helps with mistyped names.</summary>
internal static class Names
{
    /// <summary>"did you mean x? " for the nearest of some names, or nothing if none is near.</summary>
    public static string Suggest(string name, IEnumerable<string> known)
    {
        var nearest = known.Select(k => (Name: k, Distance: Distance(name.ToUpperInvariant(), k.ToUpperInvariant()))).DefaultIfEmpty((Name: "", Distance: int.MaxValue)).MinBy(p => p.Distance);
        return nearest.Distance <= Math.Max(1, name.Length / 3) ? $"did you mean \"{nearest.Name}\"? " : "";
    }

    // Optimal string alignment without transpositions (Levenshtein), one row at a time; long names are no typing mistakes.
    private static int Distance(string a, string b)
    {
        if (Math.Max(a.Length, b.Length) > 100)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
