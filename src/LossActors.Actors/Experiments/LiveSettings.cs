using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LossActors.Actors.Experiments.Schema;

namespace LossActors.Actors.Experiments;

/// <summary>Which settings of a search may change while it goes on, and how islands come, pause and go.</summary>
internal static class LiveSettings
{
    /// <summary>The most islands that a search may ever have had.</summary>
    public const int MostIslands = 1024;

    // What an evaluator is told (protocol, racing) and what numbers and orders births (seed, schedule) is fixed.
    private static readonly string[] s_changeable =
    [
        "search.topology", "search.small-world.rewiring", "search.graph", "search.migration.", "search.stagnation.", "search.variation.", "search.primitives", "search.population",
        "search.tournament", "search.elites", "search.max-height", "search.max-nodes", "search.min-initial-height", "search.max-initial-height", "search.window",
        "refinement.policy", "refinement.fraction", "refinement.inheritance",
    ];

    // What an island has measured does not compare with what it would measure on other tasks; but one that comes has measured nothing.
    private const string OfNewIslands = "search.tasks";

    /// <summary>The keys that may change.</summary>
    public static ImmutableArray<string> Keys { get; } =
        [.. ExperimentSchema.Keys.Select(key => key.Path).Where(path => s_changeable.Any(may => may.EndsWith('.') ? path.StartsWith(may, StringComparison.Ordinal) : path == may))];

    /// <summary>The experiment with other settings, for all islands that have none of their own, or for one.</summary>
    /// <exception cref="ExperimentException">A key is unknown or may not change, or a value is not allowed.</exception>
    public static Experiment Change(Experiment experiment, IReadOnlyCollection<ExperimentOverride> settings, int? island) => island is { } one
        ? Check(With(experiment, Own(experiment, settings, one, Keys)))
        : Changed(experiment, settings, Keys);

    /// <summary>The experiment with one island more.</summary>
    /// <param name="experiment">As it is.</param>
    /// <param name="cloneOf">The island that it is to be like; null: like those that have no settings of their own.</param>
    /// <param name="settings">What it is to have of its own.</param>
    /// <exception cref="ExperimentException">A setting is not allowed, or there are too many islands.</exception>
    public static Experiment Add(Experiment experiment, int? cloneOf, IReadOnlyCollection<ExperimentOverride> settings)
    {
        var (search, island) = (experiment.Search, experiment.Search.Islands);
        if (island >= MostIslands)
        {
            throw new ExperimentException($"a search has at most {MostIslands} islands, and this one has had as many");
        }

        var added = experiment with { Search = search with { Islands = island + 1, Added = search.Added.Add(new(island, cloneOf)) } };
        if (cloneOf is { } like && search.OverrideOf(like) is { } own)
        {
            added = With(added, own with { Islands = [island] });
        }

        return Check(settings.Count == 0 ? added : With(added, Own(added, settings, island, Keys.Add(OfNewIslands))));
    }

    /// <summary>The experiment with an island closed.</summary>
    public static Experiment Close(Experiment experiment, int island) =>
        experiment with { Search = experiment.Search with { Closed = experiment.Search.Closed.Add(island), Paused = experiment.Search.Paused.Remove(island) } };

    /// <summary>The experiment with an island paused, or not.</summary>
    public static Experiment Pause(Experiment experiment, int island, bool isPaused) => experiment with
    {
        Search = experiment.Search with { Paused = isPaused ? experiment.Search.Paused.Add(island) : experiment.Search.Paused.Remove(island) },
    };

    private static IslandOverride Own(Experiment experiment, IReadOnlyCollection<ExperimentOverride> settings, int island, ImmutableArray<string> keys)
    {
        var before = IslandOverrides.With(experiment.Search.OverrideOf(island) is { } has ? IslandOverrides.On(experiment, has) : experiment, []);
        var changed = Changed(before, settings, keys);
        return Different(before, changed).FirstOrDefault(path => !IslandOverrides.IsOwn(path)) is { } common
            ? throw new ExperimentException($"experiment.{common} is the same on all islands; leave out --island")
            : IslandOverride.Of(changed.Search.Island, [island], experiment.Search.OverrideOf(island)?.Budget ?? 1);
    }

    private static Experiment Changed(Experiment experiment, IReadOnlyCollection<ExperimentOverride> settings, ImmutableArray<string> keys)
    {
        var changed = ExperimentReader.Change(experiment, settings);
        return Different(experiment, changed).Except(keys).FirstOrDefault() is { } no
            ? throw new ExperimentException($"experiment.{no} cannot change while a search goes on; these can: {string.Join(", ", keys)}")
            : changed;
    }

    // Finds what single settings do not say: that they do not go together.
    private static Experiment Check(Experiment experiment) => ExperimentReader.Change(experiment, []);

    private static IEnumerable<string> Different(Experiment one, Experiment other) => ExperimentSchema.Keys
        .Where(key => !JsonNode.DeepEquals(key.Type.Write(key.Get(one)), key.Type.Write(key.Get(other))))
        .Select(key => key.Path);

    // The island's own block takes the place of the one that it had, which others may share.
    private static Experiment With(Experiment experiment, IslandOverride own)
    {
        var others = experiment.Search.Overrides
            .Select(o => o with { Islands = [.. o.Islands.Except(own.Islands)] })
            .Where(o => !o.Islands.IsEmpty);
        return IslandOverrides.With(experiment, [.. others, own]);
    }
}
