using Akka.Actor;
using LossActors.Actors.Hosting;
using LossActors.Actors.Protocol;

namespace LossActors.Actors.Evaluators;

/// <summary>Parent of a node's slots: starts one per device, tells them where the broker is, has them leave together.</summary>
internal sealed class SlotsActor : UntypedActor
{
    public const string Name = "slots";

    private readonly SlotSettings _settings;
    private readonly TimeProvider _time;
    private ICanTell? _broker;
    private IActorRef? _asker;
    private int _leaving;

    public SlotsActor(SlotSettings settings, IActorRef? broker, TimeProvider time) => (_settings, _broker, _time) = (settings, broker, time);

    protected override void PreStart()
    {
        var address = ((ExtendedActorSystem)Context.System).Provider.DefaultAddress;
        var node = address.Host is null ? Context.System.Name : $"{address.Host}:{address.Port}";
        for (var i = 0; i < _settings.Devices.Count; i++)
        {
            var info = new SlotInfo($"{node}/{i}", 0, Environment.ProcessId, Environment.MachineName, _settings.Devices[i]);
            Context.ActorOf(Props.Create(() => new SlotActor(info, _settings, _time)).OnLeaseDispatcher(Context.System), $"{i}");
        }

        Tell(new SlotActor.BrokerAt(_broker));
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case SlotActor.BrokerAt m:
                _broker = m.Broker;
                Tell(m);
                break;
            case SlotActor.Leave or SlotActor.Retire:
                _asker = Sender;
                _leaving = _settings.Devices.Count;
                Tell(message);
                break;
            case SlotActor.Left m when --_leaving == 0:
                _asker.Tell(m);
                break;
        }
    }

    private void Tell(object message)
    {
        foreach (var slot in Context.GetChildren())
        {
            slot.Tell(message, Self);
        }
    }
}
