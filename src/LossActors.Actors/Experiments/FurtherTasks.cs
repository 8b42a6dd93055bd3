using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LossActors.Actors.Experiments.Hocon;
using LossActors.Actors.Experiments.Schema;
using LossActors.Learning.Protocols;

namespace LossActors.Actors.Experiments;

/// <summary>
/// The tasks beside the main one, each a small experiment of its own within the experiment: what it does not say is as in the main one, but one that names its dataset says
/// all about the data, and one that names its kind of network all about the network.
/// </summary>
internal static class FurtherTasks
{
    private const string Weight = "weight";
    private static readonly ImmutableArray<string> s_sections = ["task", "network", "training"];
    private static readonly ImmutableArray<string> s_shared = ["training.seed", "training.precision"];
    private static readonly KeyType s_weight = new RealNumber(0, 1e6, aboveLeast: true);

    /// <summary>The experiment with the tasks of a list.</summary>
    /// <param name="main">The experiment as it is without them.</param>
    /// <param name="blocks">The list.</param>
    /// <param name="where">File and line of the list.</param>
    /// <param name="folder">What paths are relative to; null: they are left as they are.</param>
    /// <exception cref="ExperimentException">A block holds what it may not.</exception>
    public static Experiment Read(Experiment main, HoconList blocks, string where, string? folder) => With(
        main,
        [.. blocks.Items.Select((block, i) => Read(main, (HoconObject)block, $"{where}: {ExperimentSchema.Root}.tasks[{i}]", folder))]);

    /// <summary>A task as it is written into a file; what is not set is left out.</summary>
    public static JsonObject Write(FurtherTask task)
    {
        var block = new JsonObject();
        foreach (var key in Keys)
        {
            if (key.Type.Write(key.Get(On(new() { Name = "" }, task))) is { } value)
            {
                var path = key.Path.Split('.');
                path[..^1].Aggregate(block, (into, section) => (JsonObject)(into[section] ??= new JsonObject()))[path[^1]] = value;
            }
        }

        block[Weight] = task.Weight;
        return block;
    }

    /// <summary>The experiment on one of its further tasks.</summary>
    public static Experiment On(Experiment experiment, FurtherTask task) => experiment with { Protocol = experiment.Protocol.On(task) };

    /// <summary>The experiment with other further tasks.</summary>
    public static Experiment With(Experiment experiment, ImmutableArray<FurtherTask> tasks) =>
        experiment with { Protocol = experiment.Protocol with { FurtherTasks = tasks } };

    // Found when asked for: the schema's own table is made of keys that lead here.
    private static IEnumerable<ExperimentKey> Keys => ExperimentSchema.Keys.Where(key => s_sections.Contains(key.Path.Split('.')[0]) && !s_shared.Contains(key.Path));

    private static FurtherTask Read(Experiment main, HoconObject block, string where, string? folder)
    {
        var weight = 1.0;
        var own = main with
        {
            Protocol = main.Protocol with
            {
                Task = Says(block, "task", "dataset") ? new() : main.Protocol.Task, Network = Says(block, "network", "kind") ? new() : main.Protocol.Network,
            },
        };
        foreach (var (name, value) in block.Fields)
        {
            if (name == Weight)
            {
                weight = s_weight.TryRead(value, out var read) ? (double)read! : throw new ExperimentException($"{where}.{Weight} must be {s_weight.Allowed}");
            }
            else if (s_sections.Contains(name) && value is HoconObject settings)
            {
                own = ExperimentReader.ReadBlock(own, settings, name + ".", where, new(where));
            }
            else if (value is HoconList && ExperimentSchema.FindList(name) is { } list)
            {
                own = ExperimentReader.Assign(own, list, value, where, new(where));
            }
            else
            {
                throw new ExperimentException($"{where} must hold blocks {string.Join(", ", s_sections)} and a {Weight}, not {Shown.Text(name)}");
            }
        }

        if (s_shared.FirstOrDefault(path => Says(block, path.Split('.'))) is { } shared)
        {
            throw new ExperimentException($"{where}: {shared} is one for all tasks; set it in the experiment");
        }

        var full = ExperimentPaths.Full(own, folder).Protocol;
        return new() { Task = full.Task, Network = full.Network, Training = full.Training, Weight = weight };
    }

    private static bool Says(HoconObject block, params ReadOnlySpan<string> path) =>
        block.Fields.TryGetValue(path[0], out var inner) && (path.Length == 1 || (inner is HoconObject next && Says(next, path[1..])));
}
