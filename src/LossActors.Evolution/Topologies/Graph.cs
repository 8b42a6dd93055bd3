using System.Collections.Immutable;

namespace LossActors.Evolution.Topologies;

/// <summary>The links that an experiment file lists. Those of islands that are not there are left out.</summary>
internal sealed class Graph(ImmutableArray<Link> links) : ITopology
{
    public string Name => "graph";

    // Its links name islands by their numbers.
    public ImmutableArray<Link> Among(ImmutableArray<int> islands) =>
        islands.IsEmpty ? [] : [.. Links(islands[^1] + 1).Where(link => islands.Contains(link.From) && islands.Contains(link.To))];

    public ImmutableArray<Link> Links(int count) =>
        [.. links.Where(l => l.From != l.To && l.From >= 0 && l.From < count && l.To >= 0 && l.To < count).DistinctBy(l => (l.From, l.To)).OrderBy(l => l.To).ThenBy(l => l.From)];
}
