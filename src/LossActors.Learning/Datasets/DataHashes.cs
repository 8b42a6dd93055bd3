using System.Collections.Immutable;

namespace LossActors.Learning.Datasets;

/// <summary>The hashes of the data of all tasks of a search, the main one's first, as one text.</summary>
public static class DataHashes
{
    private const char Separator = '+';

    /// <summary>One text of many.</summary>
    public static string Join(IEnumerable<string> hashes) => string.Join(Separator, hashes);

    /// <summary>The hash of each task.</summary>
    public static ImmutableArray<string> Split(string hashes)
    {
        ArgumentNullException.ThrowIfNull(hashes);
        return [.. hashes.Split(Separator)];
    }

    /// <summary>Beginnings for people: enough to tell two apart.</summary>
    public static string Short(string hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        return hash.Length > 12 ? hash[..12] + "…" : hash;
    }
}
