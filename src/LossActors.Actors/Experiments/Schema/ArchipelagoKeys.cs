using System.Collections.Immutable;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Migration;
using LossActors.Evolution.Topologies;

namespace LossActors.Actors.Experiments.Schema;

/// <summary><c>search.topology</c> and what goes with it: <c>search.migration { … }</c>, <c>search.stagnation { … }</c>, <c>search.overrides</c>.</summary>
internal static class ArchipelagoKeys
{
    private const string Graph = "graph";

    public static ImmutableArray<ExperimentKey> All { get; } =
    [
        SearchKeys.Search("topology", new Choice<string>([.. Topology.Names.Select(name => (name, name))]),
            "Which islands pull migrants from which; star: all from the hall of fame.",
            s => s.Topology, (s, v) => s with { Topology = (string)v!, Graph = (string)v! == Graph ? s.Graph : [] }),
        SearchKeys.Search("small-world.rewiring", new RealNumber(0, 1),
            "small-world: the probability that an edge of the ring becomes a short cut to an island drawn by search.seed.",
            s => s.Rewiring, (s, v) => s with { Rewiring = (double)v! }),
        SearchKeys.Search(Graph, new ListOf<Link>(new LinkText(), 0, 100_000),
            "graph: the ways that migrants go, each with the probability that it is used at an epoch (its weight, if it is not 1). Sets topology = graph.",
            s => s.Graph, (s, v) => v is ImmutableArray<Link> { IsEmpty: false } links ? s with { Topology = Graph, Graph = links } : s with { Graph = [] }),
        SearchKeys.Island("migration.every", new WholeNumber(0, 1_000_000),
            "Births of an island between migrations; 0: never.",
            i => i.MigrationInterval, (i, v) => i with { MigrationInterval = (int)v! }),
        SearchKeys.Island("migration.size", new WholeNumber(1, 1000),
            "Migrants per migration.",
            i => i.MigrationSize, (i, v) => i with { MigrationSize = (int)v! }),
        SearchKeys.Island("migration.handling", new Choice<MigrationHandling>(("preserve", MigrationHandling.Preserve), ("evict", MigrationHandling.Evict)),
            "preserve: emigrants stay, and whoever pulls gets copies; evict: they leave, each for one neighbour.",
            i => i.MigrationHandling, (i, v) => i with { MigrationHandling = (MigrationHandling)v! }),
        SearchKeys.Island("migration.replacement",
            new Choice<MigrantReplacement>(("fair", MigrantReplacement.Fair), ("oldest", MigrantReplacement.Oldest), ("worst", MigrantReplacement.Worst)),
            "Whom a migrant replaces: fair: the worst, if it is better; oldest: the oldest, as an offspring does; worst: the worst, whatever it is.",
            i => i.MigrantReplacement, (i, v) => i with { MigrantReplacement = (MigrantReplacement)v! }),
        SearchKeys.Island("stagnation.after", new WholeNumber(0, 1_000_000_000),
            "For how many of its judged births the best of an island may stay as it is; then follows what action says; 0: nothing ever.",
            i => i.StagnationAfter, (i, v) => i with { StagnationAfter = (int)v! }),
        SearchKeys.Island("stagnation.action", new Choice<StagnationAction>(("reset", StagnationAction.Reset), ("spawn", StagnationAction.Spawn)),
            "reset: its population restarts; spawn: it goes on, and a new island begins beside it, which shares the budget. Strict mode knows only reset.",
            i => i.StagnationAction, (i, v) => i with { StagnationAction = (StagnationAction)v! }),
        SearchKeys.Search("stagnation.most-islands", new WholeNumber(1, 1024),
            "spawn: no more islands than so many, those that were there at first included.",
            s => s.MostIslands, (s, v) => s with { MostIslands = (int)v! }),
        SearchKeys.Island("stagnation.keep", new Choice<StagnationKeep>(("elites", StagnationKeep.Elites), ("nothing", StagnationKeep.Nothing)),
            "What a restarted population begins with: its elites or nothing.",
            i => i.StagnationKeep, (i, v) => i with { StagnationKeep = (StagnationKeep)v! }),
        SearchKeys.Island("tasks", new ListOf<int>(new WholeNumber(0, TaskSet.Most - 1), 0, TaskSet.Most),
            "What candidates are measured on: 0 is the main task, from 1 on come those of experiment.tasks in their order; empty: all. Finalists are measured on all. Migrants from an island with other tasks are measured anew.",
            i => i.Tasks.Numbers, (i, v) => i with { Tasks = TaskSet.Of((ImmutableArray<int>)v!) }),
        new(IslandOverrides.Key, new IslandBlocks(),
            $"Islands that differ: blocks of {IslandOverrides.Allowed}. budget is a weight in the division of evaluations (1 elsewhere); what is left out is as on the others.",
            e => e.Search.Overrides, (e, v) => IslandOverrides.With(e, (ImmutableArray<IslandOverride>)v!)),
    ];
}
