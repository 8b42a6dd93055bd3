using System.Collections.Immutable;

namespace LossActors.Evolution.Topologies;

/// <summary>The topologies that experiment files can name.</summary>
public static class Topology
{
    /// <summary>Each island pulls from the one before it, the first from the last.</summary>
    public static ITopology Ring { get; } = new Ring();

    /// <summary>No island knows of another.</summary>
    public static ITopology Unconnected { get; } = new Unconnected();

    /// <summary>Each island pulls from its four neighbours on a grid whose edges meet.</summary>
    public static ITopology Torus { get; } = new Torus();

    /// <summary>Each island pulls from every other.</summary>
    public static ITopology FullyConnected { get; } = new FullyConnected();

    /// <summary>Each island pulls from the hall of fame.</summary>
    public static ITopology Star { get; } = new Star();

    private static readonly ImmutableArray<(string Name, Func<TopologyOptions, ITopology> Make)> s_all =
    [
        ("ring", _ => Ring),
        ("unconnected", _ => Unconnected),
        ("torus", _ => Torus),
        ("fully-connected", _ => FullyConnected),
        ("star", _ => Star),
        ("small-world", o => new SmallWorld(o.Rewiring, o.Seed)),
        ("graph", o => new Graph(o.Graph)),
    ];

    /// <summary>The names of all.</summary>
    public static ImmutableArray<string> Names { get; } = [.. s_all.Select(t => t.Name)];

    /// <summary>The topology of a name, one of <see cref="Names"/>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="options">What it needs to be told; null: the defaults.</param>
    /// <exception cref="FormatException">There is none of that name; the message lists those there are.</exception>
    public static ITopology Parse(string name, TopologyOptions? options = null) =>
        s_all.FirstOrDefault(t => t.Name == name).Make is { } make
            ? make(options ?? new())
            : throw new FormatException($"topology \"{name}\" is unknown; there are {string.Join(", ", Names)}");
}
