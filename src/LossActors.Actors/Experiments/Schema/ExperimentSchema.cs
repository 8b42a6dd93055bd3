using System.Collections.Immutable;

namespace LossActors.Actors.Experiments.Schema;

/// <summary>
/// The one table of an experiment's keys. Reading, errors, overrides, writing, the stored form and the manual are made from it.
/// </summary>
internal static class ExperimentSchema
{
    /// <summary>The block that holds everything.</summary>
    public const string Root = "experiment";

    /// <summary>Every key, section by section.</summary>
    public static ImmutableArray<ExperimentKey> Keys { get; } =
        [.. TaskKeys.All, .. NetworkKeys.All, .. FurtherTaskKeys.All, .. SearchKeys.All, .. ArchipelagoKeys.All, .. WarmStartKeys.All, .. VariationKeys.All, .. RacingKeys.All, .. LearningKeys.All, .. EvaluationKeys.All];

    private static readonly Dictionary<string, ExperimentKey> s_byPath =
        Keys.ToDictionary(k => k.Path, StringComparer.Ordinal);

    // Every block, from "" to "search.migration".
    private static readonly HashSet<string> s_sections = [.. Keys.SelectMany(k => Enclosing(k.Section))];

    /// <summary>Finds a key by its full path (without <c>experiment.</c>).</summary>
    public static ExperimentKey? Find(string path) => s_byPath.GetValueOrDefault(path);

    /// <summary>The key of a list that may be given in place of a whole block: <c>network = [ … ]</c> lists its layers.</summary>
    public static ExperimentKey? FindList(string path) => path == "network" ? Find("network.layers") : null;

    /// <summary>Whether a path names a block of keys.</summary>
    public static bool IsSection(string path) => s_sections.Contains(path);

    /// <summary>Says that a key is unknown, with the nearest known one if there is one near.</summary>
    public static string Unknown(string path)
    {
        var section = path.Contains('.', StringComparison.Ordinal) ? path[..path.LastIndexOf('.')] : "";
        var name = path[(path.LastIndexOf('.') + 1)..];
        var siblings = Keys.Select(k => k.Path).Concat(s_sections)
            .Where(p => p.Length > 0 && (p.Contains('.', StringComparison.Ordinal) ? p[..p.LastIndexOf('.')] : "") == section)
            .Select(p => p[(p.LastIndexOf('.') + 1)..]);
        var shown = $"{Root}.{path}".Length <= 100 && path.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
            ? $"{Root}.{path}"
            : Shown.Text($"{Root}.{path}");

        if (Nearest.To(name, siblings) is { } sibling)
        {
            return $"unknown key {shown}; did you mean {sibling}?";
        }

        // The right key in the wrong block, or a wrong block.
        var elsewhere = Keys.FirstOrDefault(k => k.Name == name)?.Path ?? Nearest.To(path, Keys.Select(k => k.Path));
        return elsewhere is null
            ? $"unknown key {shown}; `lossactors experiments --keys` lists them all"
            : $"unknown key {shown}; did you mean {Root}.{elsewhere}?";
    }

    private static IEnumerable<string> Enclosing(string section)
    {
        yield return "";
        for (var i = 0; i < section.Length; i++)
        {
            if (section[i] == '.')
            {
                yield return section[..i];
            }
        }

        yield return section;
    }
}
