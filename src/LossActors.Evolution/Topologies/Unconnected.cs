using System.Collections.Immutable;

namespace LossActors.Evolution.Topologies;

/// <summary>Independent islands.</summary>
internal sealed class Unconnected : ITopology
{
    public string Name => "unconnected";

    public ImmutableArray<Link> Links(int count) => [];
}
