using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using LossActors.Actors.Protocol;

namespace LossActors.Actors.Broker;

/// <summary>
/// The thin shell around a <see cref="LeaseBook"/>: it turns messages into operations and effects into messages, tells the time and watches slots.
/// Lives at <c>/user/broker</c> of the search node, where evaluators find it by the cluster's membership: a singleton manager
/// would add a hand-over of seconds and guard against nothing, for the oldest search member is the one that has the run.
/// </summary>
internal sealed class BrokerActor : UntypedActor, IWithTimers
{
    private readonly BrokerOptions _options;
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly string _epoch;
    private readonly string _hash;
    private readonly LeaseBook _book;
    private readonly Dictionary<string, IActorRef> _owners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IActorRef> _slots = new(StringComparer.Ordinal);

    public BrokerActor(BrokerOptions options, TimeProvider time)
    {
        (_options, _time, _origin) = (options, time, time.GetTimestamp());
        _epoch = $"{options.Run}/{time.GetUtcNow().UtcTicks:x}";
        _hash = ProtocolHash.Of(options.Protocol);
        _book = new LeaseBook(_epoch, options.Leases);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _time.GetElapsedTime(_origin);

    private static bool IsClustered => ((ExtendedActorSystem)Context.System).Provider is IClusterActorRefProvider;

    protected override void PreStart()
    {
        if (IsClustered)
        {
            Cluster.Get(Context.System).Subscribe(
                Self, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.IReachabilityEvent), typeof(ClusterEvent.MemberRemoved));
        }

        Timers.StartPeriodicTimer("tick", Tick.Instance, _options.Leases.Tick);
        Context.System.EventStream.Publish(new WorkforceEvents.BrokerStarted(_epoch));
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Tick:
                Carry(_book.Tick(Now));
                break;
            case SlotMessages.Report m:
                Meet(m.Slot);
                Carry(_book.Report(m, Now));
                break;
            case SlotMessages.Result m:
                Meet(m.Slot);
                Carry(_book.Result(m, Now));
                break;
            case BrokerMessages.Offer m:
                var owner = Sender.Path.ToStringWithAddress();
                _owners[owner] = Sender;
                Carry(_book.Offer(owner, m.Job, Now));
                break;
            case BrokerMessages.Acknowledge m:
                Carry(_book.Acknowledge(m.Job, Now));
                break;
            case BrokerMessages.Pause:
                Carry(_book.Pause(true, Now));
                break;
            case BrokerMessages.Resume:
                Carry(_book.Pause(false, Now));
                break;
            case BrokerMessages.GetWorkforce:
                Sender.Tell(_book.Workforce(Now));
                break;
            case ProcessMessages.Exited m:
                Down(m);
                Carry(_book.Died(s => s.Pid == m.Pid && s.Host == m.Host, Now));
                break;
            case Terminated m:
                Bury(slot => slot.Equals(m.ActorRef));
                break;
            case ClusterEvent.MemberRemoved m:
                Bury(slot => slot.Path.Address == m.Member.Address);
                break;
            case ClusterEvent.ReachabilityEvent m:
                Carry(_book.Reachability(s => At(s, m.Member.Address), m is ClusterEvent.ReachableMember, Now));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private bool At(SlotInfo slot, Address address) => _slots.TryGetValue(slot.Name, out var actor) && actor.Path.Address == address;

    // A process that has exited needs no failure detector: until its member is gone, nobody can join or leave in good order.
    private void Down(ProcessMessages.Exited process)
    {
        var nodes = _book.Slots.Where(s => s.Info.Pid == process.Pid && s.Info.Host == process.Host)
            .Select(s => _slots.GetValueOrDefault(s.Info.Name)?.Path.Address)
            .OfType<Address>()
            .Where(a => a.HasGlobalScope);
        foreach (var node in nodes.Distinct().Where(_ => IsClustered).ToList())
        {
            Cluster.Get(Context.System).Down(node);
        }
    }

    private void Meet(SlotInfo slot)
    {
        if (!_slots.TryGetValue(slot.Name, out var known) || !known.Equals(Sender))
        {
            _slots[slot.Name] = Sender;
            Context.Watch(Sender);
        }
    }

    private void Bury(Func<IActorRef, bool> which)
    {
        var names = _slots.Where(s => which(s.Value)).Select(s => s.Key).ToHashSet(StringComparer.Ordinal);
        if (names.Count > 0)
        {
            Carry(_book.Died(s => names.Contains(s.Name), Now));
            names.ToList().ForEach(name => _slots.Remove(name));
        }
    }

    private void Carry(IReadOnlyList<LeaseEffect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case LeaseEffect.Enlist e:
                    Send(e.Slot, new SlotMessages.Enlist(_epoch, _options.Protocol, _hash, _options.DataHash));
                    break;
                case LeaseEffect.Grant e:
                    Send(e.Slot, e.Lease);
                    break;
                case LeaseEffect.Abort e:
                    Send(e.Slot, new SlotMessages.Abort(e.Lease));
                    break;
                case LeaseEffect.Accept e:
                    Send(e.Slot, new SlotMessages.ResultAccepted(e.Lease));
                    break;
                case LeaseEffect.Deliver e:
                    _owners[e.Owner].Tell(e.Done, Self);
                    break;
                case LeaseEffect.Quit e:
                    Context.GetLogger().Warning("Ending process {0} on {1}: {2}", e.Slot.Pid, e.Slot.Host, e.Reason);
                    Send(e.Slot, new SlotMessages.Quit(e.Reason));
                    Context.System.EventStream.Publish(new ProcessMessages.End(e.Slot.Host, e.Slot.Pid, e.Reason));
                    break;
                case LeaseEffect.Refused e:
                    Context.GetLogger().Error("Slot {0} on {1} is refused: {2}", e.Slot.Name, e.Slot.Host, e.Reason);
                    Context.System.EventStream.Publish(new WorkforceEvents.SlotRefused(e.Slot.Name, e.Slot.Host, e.Reason));
                    break;
            }
        }
    }

    private void Send(SlotInfo slot, IWireMessage message) => _slots.GetValueOrDefault(slot.Name)?.Tell(message, Self);

    private sealed record Tick : INotInfluenceReceiveTimeout
    {
        public static Tick Instance { get; } = new();
    }
}
