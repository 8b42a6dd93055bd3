using System.Collections.Immutable;

namespace LossActors.Evolution.Topologies;

/// <summary>The classic one-way ring: good individuals take a while to get round, which keeps islands different.</summary>
internal sealed class Ring : ITopology
{
    public string Name => "ring";

    public ImmutableArray<int> Neighbours(int island, int count) => count < 2 ? [] : [(island + count - 1) % count];
}
