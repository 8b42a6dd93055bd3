using System.Collections.Immutable;

namespace LossActors.Evolution.Topologies;

/// <summary>What some topologies need to be told besides the count of islands.</summary>
public sealed record TopologyOptions
{
    /// <summary><c>small-world</c>: the probability that an edge of the ring is moved.</summary>
    public double Rewiring { get; init; } = 0.1;

    /// <summary><c>small-world</c>: what the short cuts are drawn from.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary><c>graph</c>: the links.</summary>
    public ImmutableArray<Link> Graph { get; init; } = [];
}
