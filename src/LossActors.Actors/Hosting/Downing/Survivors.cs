using System.Collections.Immutable;
using Akka.Cluster;

namespace LossActors.Actors.Hosting.Downing;

/// <summary>
/// Who stays of a cluster in which some do not hear each other: as many search nodes as possible that all hear each other, and whoever else hears all of them. Of equally many search nodes,
/// those that more evaluators hear: so the one of two that has died does not stay for its address, unless as many evaluators died with it. It follows from who is there and
/// who does not hear whom, so that whoever knows the same decides the same; and the two sides of a clean split, who know nothing of each other, do too: each takes the other
/// side for whole, and the larger one stays.
/// </summary>
/// <remarks>
/// A single broken link costs one node. Akka's own strategies remove both its ends, since they take all who hear each other only by way of others for lost
/// (<see href="https://doc.akka.io/libraries/akka-core/current/split-brain-resolver.html#indirectly-connected-nodes"/>): a search node for an evaluator that does not reach it, and every
/// search node where one is cut off from the others but not from the evaluators, who pass its gossip on.
/// </remarks>
internal sealed class Survivors
{
    private static readonly Comparer<UniqueAddress> s_order = Comparer<UniqueAddress>.Create(
        (a, b) => Member.AddressOrdering.Compare(a.Address, b.Address) is not 0 and var order ? order : a.Uid.CompareTo(b.Uid));

    private readonly HashSet<Silence> _cuts;
    private readonly List<UniqueAddress> _evaluators;

    private Survivors(IReadOnlyCollection<Peer> peers, IEnumerable<Silence> silences)
    {
        _cuts = [.. silences.SelectMany(s => (Silence[])[s, new(s.Subject, s.Observer)])];
        _evaluators = [.. peers.Where(p => p is { IsSearch: false, Counts: true }).Select(p => p.Address)];
    }

    /// <summary>Decides.</summary>
    /// <param name="peers">The members.</param>
    /// <param name="silences">Who does not hear whom; a link is lost if one end says so.</param>
    /// <returns>Those who stay. None of them is silent to another one.</returns>
    public static ImmutableHashSet<UniqueAddress> Of(IReadOnlyCollection<Peer> peers, IEnumerable<Silence> silences)
    {
        var survivors = new Survivors(peers, silences);
        var staying = survivors.Best([.. peers.Where(p => p.IsVoter).Select(p => p.Address).Order(s_order)]);
        foreach (var other in peers.Where(p => !p.IsVoter).OrderByDescending(p => p.IsSearch).ThenBy(p => p.Address, s_order).Select(p => p.Address))
        {
            if (survivors.Reaches(other, staying))
            {
                staying = staying.Add(other);
            }
        }

        return [.. staying];
    }

    // Search nodes are few, and whoever is silent to many ends the search for either branch soon.
    private ImmutableList<UniqueAddress> Best(ImmutableList<UniqueAddress> nodes)
    {
        var loneliest = nodes.OrderByDescending(node => nodes.Count(other => IsCut(node, other))).FirstOrDefault();
        if (loneliest is null || Reaches(loneliest, nodes))
        {
            return nodes;
        }

        var with = Best(nodes.RemoveAll(other => IsCut(loneliest, other)));
        var without = Best(nodes.Remove(loneliest));
        return IsBetter(with, without) ? with : without;
    }

    // Equally large and heard by as many: that with the lower address where they differ.
    private bool IsBetter(ImmutableList<UniqueAddress> some, ImmutableList<UniqueAddress> others) =>
        (some.Count - others.Count, Hearers(some) - Hearers(others)) switch
        {
            (not 0 and var more, _) => more > 0,
            (_, not 0 and var more) => more > 0,
            _ => some.Zip(others, s_order.Compare).FirstOrDefault(order => order != 0) < 0,
        };

    private int Hearers(ImmutableList<UniqueAddress> nodes) => _evaluators.Count(evaluator => Reaches(evaluator, nodes));

    private bool Reaches(UniqueAddress node, ImmutableList<UniqueAddress> all) => !all.Exists(other => IsCut(node, other));

    private bool IsCut(UniqueAddress one, UniqueAddress other) => _cuts.Contains(new Silence(one, other));
}
