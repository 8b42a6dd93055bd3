using System.Collections.Immutable;

namespace LossActors.Evolution.Topologies;

/// <summary>The links that an experiment file lists. Those of islands that are not there are left out.</summary>
internal sealed class Graph(ImmutableArray<Link> links) : ITopology
{
    public string Name => "graph";

    public ImmutableArray<Link> Links(int count) =>
        [.. links.Where(l => l.From != l.To && l.From >= 0 && l.From < count && l.To >= 0 && l.To < count).DistinctBy(l => (l.From, l.To)).OrderBy(l => l.To).ThenBy(l => l.From)];
}
