namespace LossActors.Actors.Experiments;

/// <summary>The text of an experiment or a preset, not yet parsed.</summary>
/// <param name="Text">All of it.</param>
/// <param name="Shown">What to call it in messages: the file's name.</param>
/// <param name="Name">The experiment's name if the text does not give one.</param>
/// <param name="Folder">What its paths are relative to; null: they are left as they are.</param>
internal sealed record ExperimentSource(string Text, string Shown, string Name, string? Folder)
{
    /// <summary>Finds an experiment: a built-in one, a preset, or a file.</summary>
    /// <exception cref="ExperimentException">There is none, or it is no text.</exception>
    public static ExperimentSource Find(string nameOrPath) =>
        OfFile(nameOrPath, [.. ExperimentCatalog.All, .. ExperimentCatalog.Presets], "built-in experiment");

    /// <summary>Finds what is to be laid over an experiment: a preset, a built-in experiment, or a file.</summary>
    /// <exception cref="ExperimentException">There is none, or it is no text.</exception>
    public static ExperimentSource FindPreset(string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        return OfFile(nameOrPath, [.. ExperimentCatalog.Presets, .. ExperimentCatalog.All], "preset");
    }

    private static ExperimentSource OfFile(string nameOrPath, IReadOnlyList<ExperimentCatalogEntry> builtIn, string kind)
    {
        if (builtIn.FirstOrDefault(e => e.Name == nameOrPath) is { } entry)
        {
            return new(entry.Text, $"{entry.Name}.conf", entry.Name, null);
        }

        if (!LooksLikePath(nameOrPath) && !File.Exists(nameOrPath))
        {
            var names = builtIn.Select(e => e.Name);
            var near = Nearest.To(nameOrPath, names);
            throw new ExperimentException(
                $"no {kind} {Experiments.Shown.Text(nameOrPath)}"
                + (near is null ? $": there are {string.Join(", ", names)}, or give a .conf file" : $"; did you mean {near}?"));
        }

        var text = ExperimentFile.Read(nameOrPath);
        return new(text, Experiments.Shown.Bare(nameOrPath), NameOf(nameOrPath), Path.GetDirectoryName(Path.GetFullPath(nameOrPath)));
    }

    private static bool LooksLikePath(string text) =>
        text.Contains('/', StringComparison.Ordinal) || text.Contains('\\', StringComparison.Ordinal) || text.EndsWith(".conf", StringComparison.Ordinal);

    private static string NameOf(string path)
    {
        var name = new string([.. Path.GetFileNameWithoutExtension(path).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')]).Trim('-', '.');
        return name.Length is > 0 and <= 80 ? name : "experiment";
    }
}
