using System.Collections.Immutable;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Topologies;
using LossActors.Learning.Protocols;

namespace LossActors.Actors.Experiments;

/// <summary>Everything a run is made of, after all defaults and overrides: what an experiment file says. Stored with the run.</summary>
public sealed record Experiment
{
    /// <summary>Name of the experiment.</summary>
    public required string Name { get; init; }

    /// <summary>What a fitness depends on.</summary>
    public EvaluationProtocol Protocol { get; init; } = new();

    /// <summary>The search.</summary>
    public SearchSettings Search { get; init; } = new();

    /// <summary>Where and how evaluations run: changes nothing but wall time.</summary>
    public EvaluationSettings Evaluation { get; init; } = new();
}

/// <summary>The search.</summary>
public sealed record SearchSettings
{
    /// <summary>How losses are looked for.</summary>
    public SearchMethod Method { get; init; }

    /// <summary>How many islands, where they evolve.</summary>
    public int Islands { get; init; } = 4;

    /// <summary>How many islands there are under this method: 0 unless it is evolution.</summary>
    public int IslandsAtWork => Method == SearchMethod.Evolution ? Islands : 0;

    /// <summary>The budget: candidates with a recorded verdict, over all islands.</summary>
    public int Evaluations { get; init; } = 600;

    /// <summary>Wall-clock limit; null: none.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Who pulls from whom: one of <see cref="Evolution.Topologies.Topology.Names"/>.</summary>
    public string Topology { get; init; } = "ring";

    /// <summary>In a small world: the probability that an edge of the ring is moved.</summary>
    public double Rewiring { get; init; } = 0.1;

    /// <summary>The links of <c>graph</c>.</summary>
    public ImmutableArray<Link> Graph { get; init; } = [];

    /// <summary>What every island starts from; <see cref="OnIslands"/> fills in what differs.</summary>
    public IslandSettings Island { get; init; } = new();

    /// <summary>Where islands that do not improve have others begin beside them: no more than so many in all.</summary>
    public int MostIslands { get; init; } = 16;

    /// <summary>Islands that differ.</summary>
    public ImmutableArray<IslandOverride> Overrides { get; init; } = [];

    /// <summary>Islands that came while the search went on, the last ones by number. No file says this, nor the following.</summary>
    public ImmutableArray<AddedIsland> Added { get; init; } = [];

    /// <summary>Islands that are paused.</summary>
    public ImmutableArray<int> Paused { get; init; } = [];

    /// <summary>Islands that were closed.</summary>
    public ImmutableArray<int> Closed { get; init; } = [];

    /// <summary>The losses that the islands try first.</summary>
    public WarmStartSettings WarmStart { get; init; } = new();

    /// <summary>How many of the best are re-measured on fresh replicates at the end.</summary>
    public int Finalists { get; init; } = 10;

    /// <summary>Fresh replicates per finalist.</summary>
    public int FinalReplicates { get; init; } = 5;

    /// <summary>Learning rates tried for the task-loss baseline.</summary>
    public ImmutableArray<double> BaselineLearningRates { get; init; } = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0];

    /// <summary>Each island's weight in the division of the budget.</summary>
    public ImmutableArray<int> BudgetWeights => [.. Enumerable.Range(0, Islands).Select(island => OverrideOf(island)?.Budget ?? 1)];

    /// <summary>Whether each island has a part of the budget of its own. Else whoever is quick spends more of it.</summary>
    public bool IsBudgetDivided => Island.Strict || Overrides.Any(o => o.Budget != 1);

    /// <summary>What an island is by itself: without its links and its warm starts.</summary>
    /// <param name="island">From 0.</param>
    public IslandSettings Alone(int island) => (OverrideOf(island)?.On(Island) ?? Island) with
    {
        IsAdded = Added.Any(added => added.Island == island),
        CloneOf = Added.FirstOrDefault(added => added.Island == island)?.CloneOf,
        IsPaused = Paused.Contains(island),
        IsClosed = Closed.Contains(island),
    };

    /// <summary>The settings of all islands: their numbers, links, warm starts, and what they have of their own.</summary>
    public ImmutableArray<IslandSettings> OnIslands()
    {
        ImmutableArray<IslandSettings> alone = [.. Enumerable.Range(0, Islands).Select(Alone)];
        var starts = WarmStart.Deal(alone, Overrides.IsEmpty);
        return Founding.Of(
            alone.Select((island, i) => island with { WarmStarts = starts[i] }),
            Evolution.Topologies.Topology.Parse(Topology, new() { Rewiring = Rewiring, Seed = Island.Seed, Graph = Graph }));
    }

    /// <summary>What the candidates of an island are measured on.</summary>
    public TaskSet TasksOf(int island) => OverrideOf(island)?.Tasks ?? Island.Tasks;

    /// <summary>Whether islands differ in what they measure on, so that not all fitnesses of the search compare.</summary>
    public bool HasSeveralTaskSets => Enumerable.Range(0, IslandsAtWork).Select(TasksOf).Distinct().Skip(1).Any();

    /// <summary>What an island has of its own; null: nothing.</summary>
    internal IslandOverride? OverrideOf(int island) => Overrides.FirstOrDefault(o => o.Islands.Contains(island));
}

/// <summary>An island that came to a search that was going on.</summary>
/// <param name="Island">Its number.</param>
/// <param name="CloneOf">The island whose members it begins with; null: it begins with random trees.</param>
public sealed record AddedIsland(int Island, int? CloneOf);

/// <summary>Where evaluations run.</summary>
public sealed record EvaluationSettings
{
    /// <summary>Evaluator processes started on this machine.</summary>
    public int Evaluators { get; init; } = 2;

    /// <summary>Devices, handed out to evaluators in turn.</summary>
    public ImmutableArray<string> Devices { get; init; } = ["cpu"];

    /// <summary>The most candidates that a slot trains together; 1: each alone. Strict mode always trains each alone.</summary>
    public int LargestCohort { get; init; } = 1024;

    /// <summary>A single job may take so long; then its evaluator is killed and the candidate fails.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A folder with libtorch and LibTorchSharp of the user's own; null: the one built in.</summary>
    public string? LibTorch { get; init; }
}
