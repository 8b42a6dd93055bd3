using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LossActors.Actors.Experiments.Hocon;
using LossActors.Actors.Experiments.Schema;

namespace LossActors.Actors.Experiments;

/// <summary>Islands that differ: blocks that name islands and settings of <c>search</c>; what a block does not say is as on the other islands.</summary>
internal static class IslandOverrides
{
    /// <summary>The key of the list.</summary>
    public const string Key = "search.overrides";

    private const string Islands = "islands";
    private const string Budget = "budget";
    private const string Section = "search.";

    private static readonly ImmutableArray<string> s_own =
        ["tasks", "population", "tournament", "elites", "min-initial-height", "max-initial-height", "max-height", "max-nodes", "primitives", "variation"];

    private static readonly KeyType s_islands = new ListOf<int>(new WholeNumber(0, 1023), 1, 1024);
    private static readonly KeyType s_budget = new WholeNumber(1, 1000);

    /// <summary>What a block may hold, for messages.</summary>
    public static string Allowed => string.Join(", ", s_own.Insert(0, Budget).Insert(0, Islands));

    /// <summary>The experiment with the overrides of a list.</summary>
    /// <param name="main">The experiment as it is without them.</param>
    /// <param name="blocks">The list.</param>
    /// <param name="where">File and line of the list.</param>
    /// <exception cref="ExperimentException">A block holds what it may not.</exception>
    public static Experiment Read(Experiment main, HoconList blocks, string where) => With(
        main, [.. blocks.Items.Select((block, i) => Read(main, (HoconObject)block, $"{where}: {ExperimentSchema.Root}.{Key}[{i}]"))]);

    /// <summary>The experiment with other overrides.</summary>
    public static Experiment With(Experiment experiment, ImmutableArray<IslandOverride> overrides) =>
        experiment with { Search = experiment.Search with { Overrides = overrides } };

    /// <summary>The experiment as it would be if all islands were as these.</summary>
    public static Experiment On(Experiment experiment, IslandOverride own) =>
        experiment with { Search = experiment.Search with { Island = own.On(experiment.Search.Island) } };

    /// <summary>Whether islands may have a key of their own.</summary>
    public static bool IsOwn(string path) => path.StartsWith(Section, StringComparison.Ordinal) && s_own.Contains(path.Split('.')[1]);

    /// <summary>An override as it is written into a file.</summary>
    public static JsonObject Write(IslandOverride own)
    {
        var block = new JsonObject { [Islands] = s_islands.Write(own.Islands), [Budget] = own.Budget };
        foreach (var key in Keys)
        {
            var path = key.Path[Section.Length..].Split('.');
            path[..^1].Aggregate(block, (into, section) => (JsonObject)(into[section] ??= new JsonObject()))[path[^1]] = key.Type.Write(key.Get(On(new() { Name = "" }, own)));
        }

        return block;
    }

    // Found when asked for: the schema's own table is made of keys that lead here.
    private static IEnumerable<ExperimentKey> Keys =>
        ExperimentSchema.Keys.Where(key => IsOwn(key.Path));

    private static IslandOverride Read(Experiment main, HoconObject block, string where)
    {
        var (islands, budget, own) = (ImmutableArray<int>.Empty, 1, new HoconObject(block.Line));
        foreach (var (name, value) in block.Fields)
        {
            switch (name)
            {
                case Islands:
                    islands = (ImmutableArray<int>)Take(s_islands, name, value);
                    break;
                case Budget:
                    budget = (int)Take(s_budget, name, value);
                    break;
                case var _ when s_own.Contains(name):
                    own.Set([name], value);
                    break;
                default:
                    throw new ExperimentException($"{where} must hold {Allowed}, not {Shown.Text(name)}");
            }
        }

        return islands.IsEmpty
            ? throw new ExperimentException($"{where} must say which islands it is about: islands = [0, 1]")
            : IslandOverride.Of(ExperimentReader.ReadBlock(main, own, Section, where, new(where)).Search.Island, islands, budget);

        object Take(KeyType type, string name, HoconValue value) =>
            type.TryRead(value, out var read) ? read! : throw new ExperimentException($"{where}.{name} must be {type.Allowed}");
    }
}
