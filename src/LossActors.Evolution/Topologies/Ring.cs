using System.Collections.Immutable;

namespace LossActors.Evolution.Topologies;

/// <summary>The classic one-way ring: good individuals take a while to get round, which keeps islands different.</summary>
internal sealed class Ring : ITopology
{
    public string Name => "ring";

    public ImmutableArray<Link> Links(int count) =>
        count < 2 ? [] : [.. Enumerable.Range(0, count).Select(to => new Link((to + count - 1) % count, to))];
}
