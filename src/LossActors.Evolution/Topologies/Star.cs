using System.Collections.Immutable;

namespace LossActors.Evolution.Topologies;

/// <summary>
/// Everybody pulls from the hall of fame, the hub. There is nothing to be read there that depends on when it is read: each island puts out the best that it ever bore, as of its
/// epoch, and the best of all those together are the hall of fame as of that epoch.
/// </summary>
internal sealed class Star : ITopology
{
    public string Name => "star";

    public bool IsThroughHallOfFame => true;

    public ImmutableArray<Link> Links(int count) => FullyConnected.AllPairs(count);
}
