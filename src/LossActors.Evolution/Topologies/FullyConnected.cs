using System.Collections.Immutable;

namespace LossActors.Evolution.Topologies;

/// <summary>Everybody pulls from everybody: the fastest spread, the least diversity.</summary>
internal sealed class FullyConnected : ITopology
{
    public string Name => "fully-connected";

    public ImmutableArray<int> Neighbours(int island, int count) => [.. Enumerable.Range(0, count).Where(other => other != island)];
}
