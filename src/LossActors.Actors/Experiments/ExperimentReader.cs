using System.Collections.Immutable;
using LossActors.Actors.Experiments.Hocon;
using LossActors.Actors.Experiments.Schema;

namespace LossActors.Actors.Experiments;

/// <summary>Makes an <see cref="Experiment"/> of a file, of a built-in name, or of the stored form.</summary>
public static class ExperimentReader
{
    private const string Prefix = ExperimentSchema.Root + ".";

    /// <summary>Reads an experiment and applies overrides, the last of which wins.</summary>
    /// <param name="nameOrPath">A built-in name (<c>digits</c>, <c>evomal</c>) or the path of a file.</param>
    /// <param name="overrides">Settings that win over the file's.</param>
    /// <exception cref="ExperimentException">Anything is wrong with it; the message is one line for the user.</exception>
    public static Experiment Read(string nameOrPath, params IEnumerable<ExperimentOverride> overrides) => Read(nameOrPath, [], overrides);

    /// <summary>Reads an experiment, lays presets over it, and applies overrides. The last of each wins, and so do overrides over presets over the experiment.</summary>
    /// <param name="nameOrPath">A built-in name or the path of a file.</param>
    /// <param name="presets">Names of presets (<c>evomal</c>) or paths of files: the keys that they spell out replace the experiment's, all others stay.</param>
    /// <param name="overrides">Settings that win over everything.</param>
    /// <exception cref="ExperimentException">Anything is wrong with it; the message is one line for the user.</exception>
    public static Experiment Read(string nameOrPath, IReadOnlyCollection<string> presets, IEnumerable<ExperimentOverride> overrides)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        ArgumentNullException.ThrowIfNull(presets);
        ArgumentNullException.ThrowIfNull(overrides);
        return Read([ExperimentSource.Find(nameOrPath), .. presets.Select(ExperimentSource.FindPreset)], overrides);
    }

    /// <summary>Reads an experiment from text: HOCON, or what <see cref="ExperimentWriter.ToJson"/> wrote.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <exception cref="ExperimentException">Anything is wrong with it.</exception>
    public static Experiment Parse(string text, string source = "experiment") => Read([new(text, source, "experiment", null)], []);

    /// <summary>An experiment with some keys changed, for a run that is gone on with.</summary>
    /// <exception cref="ExperimentException">A key is unknown, or a value not allowed.</exception>
    public static Experiment Change(Experiment experiment, IEnumerable<ExperimentOverride> overrides)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(overrides);
        return Finish(experiment, overrides, new(experiment.Name));
    }

    private static Experiment Read(ImmutableArray<ExperimentSource> sources, IEnumerable<ExperimentOverride> overrides)
    {
        var origins = new ExperimentOrigins(string.Join(" with ", sources.Select(s => s.Shown)));
        return Finish(sources.Aggregate(new Experiment { Name = sources[0].Name }, (e, source) => Lay(e, source, origins)), overrides, origins);
    }

    private static Experiment Finish(Experiment experiment, IEnumerable<ExperimentOverride> overrides, ExperimentOrigins origins)
    {
        experiment = overrides.Aggregate(experiment, (e, given) => Override(e, given, origins));

        // What they inherit is known only now.
        if (origins.Blocks.TryGetValue("tasks", out var tasks))
        {
            experiment = FurtherTasks.Read(experiment, tasks.Blocks, tasks.Where, tasks.Folder);
        }

        if (origins.Blocks.TryGetValue(IslandOverrides.Key, out var islands))
        {
            experiment = IslandOverrides.Read(experiment, islands.Blocks, islands.Where);
        }

        return ExperimentChecks.Check(IslandTasks.Simplified(experiment), origins);
    }

    // Paths in a file are relative to it, paths on the command line to the current folder.
    private static Experiment Lay(Experiment experiment, ExperimentSource source, ExperimentOrigins origins)
    {
        HoconObject root;
        try
        {
            root = HoconParser.ParseFile(source.Text);
        }
        catch (HoconException e)
        {
            throw new ExperimentException($"{source.Shown}:{e.Line}: {e.Problem}", e);
        }

        origins.Folder = source.Folder;
        foreach (var (key, value) in root.Fields)
        {
            experiment = key == ExperimentSchema.Root && value is HoconObject block
                ? ReadBlock(experiment, block, "", source.Shown, origins)
                : throw OutsideOfRoot(key, value, source.Shown);
        }

        return root.Fields.ContainsKey(ExperimentSchema.Root)
            ? ExperimentPaths.Full(experiment, source.Folder)
            : throw new ExperimentException($"{source.Shown} has no block experiment {{ … }}; `lossactors experiments digits` prints one to start from");
    }

    /// <summary>Reads the settings of a block into an experiment.</summary>
    /// <param name="experiment">As it is without them.</param>
    /// <param name="block">The block.</param>
    /// <param name="prefix">Its path with a dot, or "".</param>
    /// <param name="source">What to call the file in messages.</param>
    /// <param name="origins">Where it is noted what was given.</param>
    internal static Experiment ReadBlock(Experiment experiment, HoconObject block, string prefix, string source, ExperimentOrigins origins)
    {
        foreach (var (name, value) in block.Fields)
        {
            var path = prefix + name;
            if (ExperimentSchema.Find(path) is { } key)
            {
                experiment = Assign(experiment, key, value, $"{source}:{value.Line}", origins);
            }
            else if (!ExperimentSchema.IsSection(path))
            {
                throw new ExperimentException($"{source}:{value.Line}: {ExperimentSchema.Unknown(path)}");
            }
            else
            {
                experiment = value switch
                {
                    HoconObject inner => ReadBlock(experiment, inner, path + ".", source, origins),
                    HoconList when ExperimentSchema.FindList(path) is { } list => Assign(experiment, list, value, $"{source}:{value.Line}", origins),
                    _ => throw new ExperimentException($"{source}:{value.Line}: {Prefix}{path} is a block of settings: write {path} {{ … }}"),
                };
            }
        }

        return experiment;
    }

    private static Experiment Override(Experiment experiment, ExperimentOverride given, ExperimentOrigins origins)
    {
        var path = given.Key.StartsWith(Prefix, StringComparison.Ordinal) ? given.Key[Prefix.Length..] : given.Key;
        if ((ExperimentSchema.Find(path) ?? (given.Value.StartsWith('[') ? ExperimentSchema.FindList(path) : null)) is not { } key)
        {
            throw new ExperimentException($"{given.Source}: " + (ExperimentSchema.IsSection(path)
                ? $"{Prefix}{path} is a block of settings: name one of them"
                : ExperimentSchema.Unknown(path)));
        }

        origins.Folder = Environment.CurrentDirectory;
        return ExperimentPaths.Full(Assign(experiment, key, ParseOverride(key, given), given.Source, origins), Environment.CurrentDirectory);
    }

    private static HoconValue ParseOverride(ExperimentKey key, ExperimentOverride given)
    {
        var isStructured = given.Value.StartsWith('[') || given.Value.StartsWith('"') || given.Value.StartsWith('{');
        if (!isStructured && !key.Type.IsList)
        {
            return new HoconScalar(given.Value, Quoted: false, 1);
        }

        // Entries of a bare list are what stands between its commas, whatever a file would make of it: RUN#2 is no comment here.
        if (!isStructured && !given.Value.AsSpan().ContainsAny("\"[]{}"))
        {
            return new HoconList([.. given.Value.Split(',').Select(item => new HoconScalar(item.Trim(), Quoted: false, 1))], 1);
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

    /// <summary>The experiment with a key's value as a file gives it.</summary>
    /// <exception cref="ExperimentException">The value is not allowed.</exception>
    internal static Experiment Assign(Experiment experiment, ExperimentKey key, HoconValue value, string where, ExperimentOrigins origins)
    {
        origins.Note(key.Path, where);
        if (!key.Type.TryRead(value, out var read))
        {
            throw new ExperimentException($"{where}: {Prefix}{key.Path} must be {key.Type.Allowed}, not {Describe(value)}");
        }

        if (read is HoconList blocks)
        {
            origins.Blocks[key.Path] = (blocks, where, origins.Folder);
            return experiment;
        }

        return key.Set(experiment, read);
    }

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
            ? $"unknown key {key} outside of experiment {{ … }}; did you mean {Prefix}{key}?"
            : key == ExperimentSchema.Root
                ? "experiment is a block of settings: write experiment { … }"
                : $"unknown key {Shown.Text(key)}; everything belongs into the block experiment {{ … }}";
        return new ExperimentException($"{source}:{value.Line}: {hint}");
    }
}
