using LossActors.Actors.Experiments.Hocon;
using LossActors.Actors.Experiments.Schema;

namespace LossActors.Actors.Experiments;

/// <summary>Makes an <see cref="Experiment"/> of a file, of a built-in name, or of the stored form.</summary>
public static class ExperimentReader
{
    /// <summary>Reads an experiment and applies overrides, the last of which wins.</summary>
    /// <param name="nameOrPath">A built-in name (<c>digits</c>) or the path of a file.</param>
    /// <param name="overrides">Settings that win over the file's.</param>
    /// <exception cref="ExperimentException">Anything is wrong with it; the message is one line for the user.</exception>
    public static Experiment Read(string nameOrPath, params IEnumerable<ExperimentOverride> overrides)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        if (ExperimentCatalog.Find(nameOrPath) is { } entry)
        {
            return Parse(entry.Text, $"{entry.Name}.conf", entry.Name, null, overrides);
        }

        if (!LooksLikePath(nameOrPath) && !File.Exists(nameOrPath))
        {
            var near = Nearest.To(nameOrPath, ExperimentCatalog.All.Select(e => e.Name));
            throw new ExperimentException(
                $"no built-in experiment {Shown.Text(nameOrPath)}"
                + (near is null ? $": there are {string.Join(", ", ExperimentCatalog.All.Select(e => e.Name))}, or give a .conf file" : $"; did you mean {near}?"));
        }

        var text = ExperimentFile.Read(nameOrPath);
        return Parse(text, Shown.Bare(nameOrPath), NameOf(nameOrPath), Path.GetDirectoryName(Path.GetFullPath(nameOrPath)), overrides);
    }

    /// <summary>Reads an experiment from text: HOCON, or what <see cref="ExperimentWriter.ToJson"/> wrote.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <exception cref="ExperimentException">Anything is wrong with it.</exception>
    public static Experiment Parse(string text, string source = "experiment") => Parse(text, source, "experiment", null, []);

    /// <summary>An experiment with some keys changed, for a run that is gone on with.</summary>
    /// <exception cref="ExperimentException">A key is unknown, or a value not allowed.</exception>
    public static Experiment Change(Experiment experiment, IEnumerable<ExperimentOverride> overrides)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(overrides);
        return ExperimentChecks.Check(Apply(experiment, overrides), experiment.Name);
    }

    internal static Experiment Parse(string text, string source, string name, string? folder, IEnumerable<ExperimentOverride> overrides)
    {
        HoconObject root;
        try
        {
            root = HoconParser.ParseFile(text);
        }
        catch (HoconException e)
        {
            throw new ExperimentException($"{source}:{e.Line}: {e.Problem}", e);
        }

        var experiment = new Experiment { Name = name };
        foreach (var (key, value) in root.Fields)
        {
            experiment = key == ExperimentSchema.Root && value is HoconObject block
                ? ReadBlock(experiment, block, "", source)
                : throw OutsideOfRoot(key, value, source);
        }

        if (!root.Fields.ContainsKey(ExperimentSchema.Root))
        {
            throw new ExperimentException($"{source} has no block experiment {{ … }}; `lossactors experiments digits` prints one to start from");
        }

        // Paths in a file are relative to it, paths on the command line to the current folder.
        return ExperimentChecks.Check(Apply(WithFullPaths(experiment, folder), overrides), source);
    }

    private static Experiment Apply(Experiment experiment, IEnumerable<ExperimentOverride> overrides) =>
        overrides.Aggregate(experiment, (e, given) => WithFullPaths(Override(e, given), Environment.CurrentDirectory));

    private static Experiment ReadBlock(Experiment experiment, HoconObject block, string prefix, string source)
    {
        foreach (var (name, value) in block.Fields)
        {
            var path = prefix + name;
            if (ExperimentSchema.Find(path) is { } key)
            {
                experiment = Assign(experiment, key, value, $"{source}:{value.Line}");
            }
            else if (!ExperimentSchema.IsSection(path))
            {
                throw new ExperimentException($"{source}:{value.Line}: {ExperimentSchema.Unknown(path)}");
            }
            else
            {
                experiment = value is HoconObject inner
                    ? ReadBlock(experiment, inner, path + ".", source)
                    : throw new ExperimentException($"{source}:{value.Line}: {ExperimentSchema.Root}.{path} is a block of settings: write {path} {{ … }}");
            }
        }

        return experiment;
    }

    private static Experiment Override(Experiment experiment, ExperimentOverride given)
    {
        const string Prefix = ExperimentSchema.Root + ".";
        var path = given.Key.StartsWith(Prefix, StringComparison.Ordinal) ? given.Key[Prefix.Length..] : given.Key;
        if (ExperimentSchema.Find(path) is not { } key)
        {
            throw new ExperimentException($"{given.Source}: " + (ExperimentSchema.IsSection(path)
                ? $"{Prefix}{path} is a block of settings: name one of them"
                : ExperimentSchema.Unknown(path)));
        }

        return Assign(experiment, key, ParseOverride(key, given), given.Source);
    }

    private static HoconValue ParseOverride(ExperimentKey key, ExperimentOverride given)
    {
        var isStructured = given.Value.StartsWith('[') || given.Value.StartsWith('"') || given.Value.StartsWith('{');
        if (!isStructured && !key.Type.IsList)
        {
            return new HoconScalar(given.Value, Quoted: false, 1);
        }

        try
        {
            return HoconParser.ParseValue(isStructured ? given.Value : $"[{given.Value}]");
        }
        catch (HoconException e)
        {
            throw new ExperimentException($"{given.Source}: {e.Problem}", e);
        }
    }

    private static Experiment Assign(Experiment experiment, ExperimentKey key, HoconValue value, string where) =>
        key.Type.TryRead(value, out var read)
            ? key.Set(experiment, read)
            : throw new ExperimentException($"{where}: {ExperimentSchema.Root}.{key.Path} must be {key.Type.Allowed}, not {Describe(value)}");

    private static string Describe(HoconValue value) => value switch
    {
        HoconScalar { Quoted: true } scalar => $"the text {Shown.Text(scalar.Text)}",
        HoconScalar scalar => Shown.Text(scalar.Text),
        HoconList list when list.Items.All(i => i is HoconScalar) =>
            Shown.Text($"[{string.Join(", ", list.Items.Take(20).Select(i => ((HoconScalar)i).Text))}]"),
        HoconList => "a list of lists or blocks",
        _ => "a block { … }",
    };

    private static ExperimentException OutsideOfRoot(string key, HoconValue value, string source)
    {
        var hint = ExperimentSchema.IsSection(key) || ExperimentSchema.Find(key) is not null
            ? $"unknown key {key} outside of experiment {{ … }}; did you mean {ExperimentSchema.Root}.{key}?"
            : key == ExperimentSchema.Root
                ? "experiment is a block of settings: write experiment { … }"
                : $"unknown key {Shown.Text(key)}; everything belongs into the block experiment {{ … }}";
        return new ExperimentException($"{source}:{value.Line}: {hint}");
    }

    private static Experiment WithFullPaths(Experiment experiment, string? folder)
    {
        string? Full(string? path)
        {
            if (path is null || folder is null || Path.IsPathRooted(path))
            {
                return path;
            }

            try
            {
                return Path.GetFullPath(path, folder);
            }
            catch (ArgumentException e)
            {
                throw new ExperimentException($"{Shown.Text(path)} is not a path", e);
            }
        }

        var task = experiment.Protocol.Task;
        return experiment with
        {
            Protocol = experiment.Protocol with { Task = task with { Path = Full(task.Path) } },
            Evaluation = experiment.Evaluation with { LibTorch = Full(experiment.Evaluation.LibTorch) },
        };
    }

    private static bool LooksLikePath(string text) =>
        text.Contains('/', StringComparison.Ordinal) || text.Contains('\\', StringComparison.Ordinal) || text.EndsWith(".conf", StringComparison.Ordinal);

    private static string NameOf(string path)
    {
        var name = new string([.. Path.GetFileNameWithoutExtension(path).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')]).Trim('-', '.');
        return name.Length is > 0 and <= 80 ? name : "experiment";
    }
}
