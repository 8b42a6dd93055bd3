using System.Collections.Immutable;

namespace LossActors.Actors.Experiments;

/// <summary>The experiments that are built in.</summary>
public static class ExperimentCatalog
{
    private const string Prefix = "experiments/";

    /// <summary>The one that runs when none is named.</summary>
    public const string Default = "digits";

    /// <summary>All of them, by name; the default first.</summary>
    public static ImmutableArray<ExperimentCatalogEntry> All { get; } =
    [
        .. typeof(ExperimentCatalog).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(Load)
            .OrderBy(e => e.Name != Default)
            .ThenBy(e => e.Name, StringComparer.Ordinal),
    ];

    /// <summary>Finds one by its exact name.</summary>
    public static ExperimentCatalogEntry? Find(string name) => All.FirstOrDefault(e => e.Name == name);

    private static ExperimentCatalogEntry Load(string resource)
    {
        using var reader = new StreamReader(typeof(ExperimentCatalog).Assembly.GetManifestResourceStream(resource)!);
        var text = reader.ReadToEnd();

        // The first comment line of each file says what it is.
        return new(Path.GetFileNameWithoutExtension(resource), text.Split('\n')[0].TrimStart('#', ' ').TrimEnd(), text);
    }
}
