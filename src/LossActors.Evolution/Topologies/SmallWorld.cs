using System.Collections.Immutable;
using LossActors.Evolution.Randomness;

namespace LossActors.Evolution.Topologies;

/// <summary>
/// Mostly local, with a few short cuts (Watts and Strogatz, "Collective dynamics of 'small-world' networks", Nature 393, 1998): a ring on which each island exchanges with the one
/// before and the one after it, and each of these edges has its far end moved, with some probability, to another island drawn at random. Unlike theirs it stays
/// connected: where an edge is what holds the islands together, it is moved only to where it still does.
/// </summary>
/// <param name="rewiring">The probability that an edge is moved, from 0 to 1.</param>
/// <param name="seed">The search's.</param>
internal sealed class SmallWorld(double rewiring, ulong seed) : ITopology
{
    public string Name => "small-world";

    public ImmutableArray<Link> Links(int count)
    {
        var neighbours = Rewired(count);
        return [.. Enumerable.Range(0, count).SelectMany(to => neighbours[to].Select(from => new Link(from, to)))];
    }

    private SortedSet<int>[] Rewired(int count)
    {
        var neighbours = Enumerable.Range(0, count).Select(_ => new SortedSet<int>()).ToArray();
        for (var i = 0; i + 1 < count; i++)
        {
            Join(neighbours, i, i + 1);
        }

        if (count > 2)
        {
            Join(neighbours, count - 1, 0);
        }

        var random = RandomStream.For(seed, (ulong)count, 0, Purpose.SmallWorld);
        // Of two islands there is one edge, and nowhere else for it to go.
        for (var near = 0; count > 2 && near < count; near++)
        {
            if (random.NextBool(rewiring))
            {
                Move(neighbours, near, (near + 1) % count, random);
            }
        }

        return neighbours;
    }

    private static void Move(SortedSet<int>[] neighbours, int near, int far, RandomStream random)
    {
        neighbours[near].Remove(far);
        neighbours[far].Remove(near);
        var reached = Reached(neighbours, near);
        var others = Enumerable.Range(0, neighbours.Length)
            .Where(i => i != near && i != far && !neighbours[near].Contains(i) && (reached.Contains(far) || !reached.Contains(i)))
            .ToList();
        Join(neighbours, near, others.Count == 0 ? far : others[random.NextInt(others.Count)]);
    }

    private static HashSet<int> Reached(SortedSet<int>[] neighbours, int from)
    {
        var reached = new HashSet<int> { from };
        var open = new Stack<int>([from]);
        while (open.TryPop(out var island))
        {
            foreach (var next in neighbours[island].Where(reached.Add))
            {
                open.Push(next);
            }
        }

        return reached;
    }

    private static void Join(SortedSet<int>[] neighbours, int one, int other)
    {
        neighbours[one].Add(other);
        neighbours[other].Add(one);
    }
}
