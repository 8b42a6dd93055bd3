using System.Collections.Immutable;

namespace LossActors.Actors.Experiments;

/// <summary>The experiments and presets that are built in.</summary>
public static class ExperimentCatalog
{
    /// <summary>The one that runs when none is named.</summary>
    public const string Default = "digits";

    /// <summary>The experiments: a task each, by name; the default first.</summary>
    public static ImmutableArray<ExperimentCatalogEntry> All { get; } = Folder("experiments/");

    /// <summary>The presets: a method each, to be run on the default task or laid over any experiment; by name.</summary>
    public static ImmutableArray<ExperimentCatalogEntry> Presets { get; } = Folder("presets/");

    /// <summary>Finds an experiment or a preset by its exact name.</summary>
    public static ExperimentCatalogEntry? Find(string name) => All.Concat(Presets).FirstOrDefault(e => e.Name == name);

    private static ImmutableArray<ExperimentCatalogEntry> Folder(string prefix) =>
    [
        .. typeof(ExperimentCatalog).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(prefix, StringComparison.Ordinal))
            .Select(Load)
            .OrderBy(e => e.Name != Default)
            .ThenBy(e => e.Name, StringComparer.Ordinal),
    ];

    private static ExperimentCatalogEntry Load(string resource)
    {
        using var reader = new StreamReader(typeof(ExperimentCatalog).Assembly.GetManifestResourceStream(resource)!);
        var text = reader.ReadToEnd();

        // The first comment line of each file says what it is.
        return new(Path.GetFileNameWithoutExtension(resource), text.Split('\n')[0].TrimStart('#', ' ').TrimEnd(), text);
    }
}
