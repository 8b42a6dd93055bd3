using LossActors.Actors.Broker;
using LossActors.Actors.Experiments;

namespace LossActors.Actors.Simulation;

/// <summary>What <see cref="ClusterSimulation"/> simulates.</summary>
public sealed record SimulationOptions
{
    /// <summary>Evaluator processes.</summary>
    public required int Evaluators { get; init; }

    /// <summary>Slots of each.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>The search: islands, budget, how they evolve.</summary>
    public required SearchSettings Search { get; init; }

    /// <summary>How long evaluations take and how they end.</summary>
    public required Workload Workload { get; init; }

    /// <summary>What the search node spends on what.</summary>
    public ServiceTimes ServiceTimes { get; init; } = new();

    /// <summary>Cores of the search node; evaluators have their own.</summary>
    public int Cores { get; init; } = 2;

    /// <summary>Networks trained per candidate.</summary>
    public int Replicates { get; init; } = 1;

    /// <summary>The broker's times.</summary>
    public LeaseSettings Leases { get; init; } = new();

    /// <summary>One way between nodes.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(0.2);

    /// <summary>The share of messages between nodes that are lost; at least 0, below 1.</summary>
    public double LostMessages { get; init; }

    /// <summary>Mean time between failures of one evaluator process, exponentially distributed; null: none fails.</summary>
    public TimeSpan? TimeBetweenFailures { get; init; }

    /// <summary>Until the broker knows of a failure. Zero: children of the search node, whose exit it sees; nodes elsewhere are found out by the failure detector.</summary>
    public TimeSpan Detection { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Until another process is there in the place of a failed one.</summary>
    public TimeSpan Restart { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Until a slot has loaded the task's data.</summary>
    public TimeSpan Opening { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The simulation ends here even if its budget is not spent; null: never.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>Of the simulation; that of the search is its own.</summary>
    public ulong Seed { get; init; } = 1;
}
