using Akka.Actor;
using Akka.Cluster;
using LossActors.Actors.Broker;
using LossActors.Actors.Evaluators;

namespace LossActors.Actors.Hosting;

/// <summary>
/// Finds the broker by the cluster's membership: it lives on the oldest search member. When that member has left, or cannot
/// be reached for longer than a short interruption lasts, the node is lost to that cluster: a search node that comes back is a
/// new cluster, which an old member cannot join.
/// </summary>
internal sealed class SearchFinder : UntypedActor, IWithTimers
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);
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
            case ClusterEvent.MemberRemoved m when m.Member.Equals(_search) || m.Member.Address == _cluster.SelfAddress:
                _events.Lost();
                break;
            case ClusterEvent.UnreachableMember m when m.Member.Equals(_search):
                Timers.StartSingleTimer("lost", Lost.Instance, s_patience);
                break;
            case ClusterEvent.ReachableMember m when m.Member.Equals(_search):
                Timers.Cancel("lost");
                break;
            case ClusterEvent.IMemberEvent when _search is null:
                Find();
                break;
            case Lost:
                _events.Lost();
                break;
        }
    }

    private void Find()
    {
        _search = _cluster.State.Members
            .Where(m => m.HasRole(ClusterHocon.Search) && m.Status == MemberStatus.Up)
            .OrderBy(m => m, Comparer<Member>.Create((a, b) => a.IsOlderThan(b) ? -1 : b.IsOlderThan(a) ? 1 : 0))
            .FirstOrDefault();
        if (_search is not null)
        {
            var broker = Context.ActorSelection(new RootActorPath(_search.Address) / "user" / BrokerKey.Name);
            _slots.Tell(new SlotActor.BrokerAt(broker));
            _events.Joined($"{_search.Address.Host}:{_search.Address.Port}");
        }
    }

    private sealed record Lost
    {
        public static Lost Instance { get; } = new();
    }
}
