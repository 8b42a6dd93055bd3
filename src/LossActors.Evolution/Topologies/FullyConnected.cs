using System.Collections.Immutable;

namespace LossActors.Evolution.Topologies;

/// <summary>Everybody pulls from everybody: the fastest spread, the least diversity.</summary>
internal sealed class FullyConnected : ITopology
{
    public string Name => "fully-connected";

    public ImmutableArray<Link> Links(int count) => AllPairs(count);

    /// <summary>A link from everybody to everybody else.</summary>
    public static ImmutableArray<Link> AllPairs(int count) =>
        [.. Enumerable.Range(0, count).SelectMany(to => Enumerable.Range(0, count).Where(from => from != to).Select(from => new Link(from, to)))];
}
