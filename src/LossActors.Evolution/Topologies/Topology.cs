using System.Collections.Immutable;

namespace LossActors.Evolution.Topologies;

/// <summary>The topologies that experiment files can name.</summary>
public static class Topology
{
    /// <summary>Each island pulls from the one before it, the first from the last.</summary>
    public static ITopology Ring { get; } = new Ring();

    /// <summary>No island knows of another.</summary>
    public static ITopology Unconnected { get; } = new Unconnected();

    /// <summary>Each island pulls from every other.</summary>
    public static ITopology FullyConnected { get; } = new FullyConnected();

    /// <summary>All of them.</summary>
    public static ImmutableArray<ITopology> All { get; } = [Ring, Unconnected, FullyConnected];

    /// <summary>The topology of a name: <c>ring</c>, <c>unconnected</c>, <c>fully-connected</c>.</summary>
    /// <exception cref="FormatException">There is none of that name; the message lists those there are.</exception>
    public static ITopology Parse(string name) =>
        All.FirstOrDefault(t => t.Name == name)
        ?? throw new FormatException($"topology \"{name}\" is unknown; there are {string.Join(", ", All.Select(t => t.Name))}");
}
