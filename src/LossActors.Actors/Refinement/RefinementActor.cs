using Akka.Actor;
using LossActors.Actors.Protocol;

namespace LossActors.Actors.Refinement;

/// <summary>
/// Has the coefficients of elites tuned: islands offer it candidates, it leases slots for them from the broker and passes the tuned ones back. To an
/// island it looks like the broker, to the broker like an island. Nothing here is durable: islands offer again what they still wait for.
/// </summary>
internal sealed class RefinementActor(IActorRef broker) : UntypedActor
{
    private readonly Dictionary<JobId, Entry> _outstanding = [];

    private sealed record Entry(Job Job, IActorRef Island);

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(WorkforceEvents.BrokerStarted));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case BrokerMessages.Offer offer:
                // A later offer of the same job changes who is answered.
                _outstanding[offer.Job.Id] = _outstanding.TryGetValue(offer.Job.Id, out var known) ? known with { Island = Sender } : new(offer.Job, Sender);
                broker.Tell(offer);
                break;
            case BrokerMessages.Done done when _outstanding.TryGetValue(done.Job, out var entry):
                entry.Island.Tell(done);
                break;
            case BrokerMessages.Done done:
                broker.Tell(new BrokerMessages.Acknowledge(done.Job));
                break;
            case BrokerMessages.Acknowledge acknowledged:
                _outstanding.Remove(acknowledged.Job);
                broker.Tell(acknowledged);
                break;
            case WorkforceEvents.BrokerStarted:
                foreach (var outstanding in _outstanding.Values)
                {
                    broker.Tell(new BrokerMessages.Offer(outstanding.Job));
                }

                break;
        }
    }
}
