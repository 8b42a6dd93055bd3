using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Event;

namespace LossActors.Actors.Hosting.Downing;

/// <summary>
/// Removes from the cluster whoever does not survive (<see cref="Survivors"/>), when nothing has changed for a while. Search nodes all do so, each by itself. Evaluators remove nobody but themselves.
/// </summary>
internal sealed class DowningActor(Cluster cluster, TimeSpan stableAfter) : UntypedActor, IWithTimers
{
    private readonly Dictionary<UniqueAddress, Peer> _peers = [];
    private ImmutableHashSet<Silence> _heard = [];
    private ImmutableHashSet<Silence> _silences = [];
    private ImmutableHashSet<UniqueAddress> _voters = [];

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => cluster.Subscribe(Self, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.IClusterDomainEvent));

    protected override void PostStop() => cluster.Unsubscribe(Self);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Stable:
                Decide();
                break;
            case ClusterEvent.MemberRemoved m:
                _peers.Remove(m.Member.UniqueAddress);
                Look();
                break;
            case ClusterEvent.IMemberEvent m:
                _peers[m.Member.UniqueAddress] = new Peer(m.Member.UniqueAddress, m.Member.HasRole(ClusterHocon.Search), m.Member.Status);
                Look();
                break;
            case ClusterEvent.IClusterDomainEvent m when Observations.In(m) is { } silences:
                _heard = silences;
                Look();
                break;
        }
    }

    // Waits for a picture that does not change any more: silences end by themselves, and each node learns of those of others at another moment.
    private void Look()
    {
        var staying = _peers.Values.Where(p => !p.IsGoing).Select(p => p.Address).ToHashSet();
        ImmutableHashSet<Silence> silences = [.. _heard.Where(s => staying.Contains(s.Observer) && staying.Contains(s.Subject))];
        ImmutableHashSet<UniqueAddress> voters = [.. _peers.Values.Where(p => p.IsVoter).Select(p => p.Address)];
        if (silences.IsEmpty)
        {
            Timers.Cancel(Stable.Instance);
        }
        else if (!silences.SetEquals(_silences) || !voters.SetEquals(_voters))
        {
            Timers.StartPeriodicTimer(Stable.Instance, Stable.Instance, stableAfter);
        }

        (_silences, _voters) = (silences, voters);
    }

    private void Decide()
    {
        var self = cluster.SelfUniqueAddress;
        var peers = _peers.Values.Where(p => !p.IsGoing).ToList();
        var staying = Survivors.Of(peers, _silences);
        if (staying.Contains(self) && !Survivors.Of([.. peers.Select(AtWorst)], _silences).Contains(self))
        {
            staying = staying.Remove(self);
        }

        var isSearch = cluster.SelfRoles.Contains(ClusterHocon.Search);
        var leaving = peers.Select(p => p.Address).Where(p => !staying.Contains(p) && (isSearch || p.Equals(self))).ToList();
        if (leaving.Count > 0)
        {
            Context.GetLogger().Warning(
                "Removing {0}: {1}", string.Join(", ", leaving.Select(p => SearchMembers.HostPort(p.Address))),
                string.Join(", ", _silences.Select(s => $"{SearchMembers.HostPort(s.Observer.Address)} does not hear {SearchMembers.HostPort(s.Subject.Address)}")));
        }

        // Oneself last: that may be the end.
        foreach (var peer in leaving.OrderBy(p => p.Equals(self)))
        {
            cluster.Down(peer.Address);
        }
    }

    // Those on the other side of a split may count somebody who was joining, and those on this side nobody who was leaving: where that makes a difference, both sides might stay.
    private Peer AtWorst(Peer peer)
    {
        var isCut = _silences.Any(s => s.Observer.Equals(cluster.SelfUniqueAddress) && s.Subject.Equals(peer.Address));
        return peer switch
        {
            { Status: MemberStatus.Joining or MemberStatus.WeaklyUp } when isCut => peer with { Status = MemberStatus.Up },
            { Status: MemberStatus.Leaving } when !isCut => peer with { Status = MemberStatus.WeaklyUp },
            _ => peer,
        };
    }

    private sealed record Stable : INotInfluenceReceiveTimeout
    {
        public static Stable Instance { get; } = new();
    }
}
