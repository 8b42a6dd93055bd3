using Akka.Actor;
using Akka.Cluster;
using LossActors.Actors.Broker;
using LossActors.Actors.Evaluators;

namespace LossActors.Actors.Hosting;

/// <summary>
/// Finds the broker by the cluster's membership: that of the oldest search member. When that member has left, the next one takes over. When it was the last, or cannot
/// be reached for longer than it takes a cluster to do without it, the node is lost to that cluster: a search node that comes back is a
/// new cluster, which an old member cannot join.
/// </summary>
internal sealed class SearchFinder : UntypedActor, IWithTimers
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_longPatience = TimeSpan.FromSeconds(60);
    private readonly IActorRef _slots;
    private readonly EvaluatorNodeEvents _events;
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private Member? _search;

    public SearchFinder(IActorRef slots, EvaluatorNodeEvents events) => (_slots, _events) = (slots, events);

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => _cluster.Subscribe(
        Self, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.IReachabilityEvent));

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ClusterEvent.MemberRemoved m when m.Member.Address == _cluster.SelfAddress:
                _events.Lost();
                break;
            case ClusterEvent.UnreachableMember m when m.Member.Equals(_search):
                // Others will decide what becomes of it, where there are others.
                Timers.StartSingleTimer("lost", Lost.Instance, SearchMembers.IsLast(_cluster, m.Member) ? s_patience : s_longPatience);
                break;
            case ClusterEvent.ReachableMember m when m.Member.Equals(_search):
                Timers.Cancel("lost");
                break;
            case ClusterEvent.IMemberEvent m:
                Find(m.Member);
                break;
            case Lost:
                _events.Lost();
                break;
        }
    }

    private void Find(Member changed)
    {
        if (SearchMembers.Oldest(_cluster) is not { } oldest)
        {
            if (changed.Equals(_search) && changed.Status == MemberStatus.Removed)
            {
                _events.Lost();
            }
        }
        else if (!oldest.Equals(_search))
        {
            _search = oldest;
            Timers.Cancel("lost");
            _slots.Tell(new SlotActor.BrokerAt(Context.ActorSelection(new RootActorPath(oldest.Address) / "user" / BrokerKey.Name)));
            _events.Joined(SearchMembers.HostPort(oldest.Address));
        }
    }

    private sealed record Lost
    {
        public static Lost Instance { get; } = new();
    }
}
