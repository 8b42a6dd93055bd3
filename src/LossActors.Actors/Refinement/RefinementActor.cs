using System.Threading.Channels;
using Akka.Actor;
using LossActors.Actors.Control;
using LossActors.Actors.Protocol;
using LossActors.Evolution.Evaluation;

namespace LossActors.Actors.Refinement;

/// <summary>
/// Has the coefficients of elites tuned: islands offer it candidates, it leases slots for them from the broker and passes the tuned ones back. To an
/// island it looks like the broker, to the broker like an island. Nothing here is durable: islands offer again what they still wait for.
/// </summary>
internal sealed class RefinementActor(IActorRef broker, ChannelWriter<SearchProgress> progress) : UntypedActor
{
    private readonly Dictionary<JobId, (Job Job, IActorRef Island)> _outstanding = [];
    private readonly HashSet<JobId> _counted = [];
    private readonly List<(double Before, double After)> _done = [];

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(WorkforceEvents.BrokerStarted));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case BrokerMessages.Offer offer:
                // A later offer of the same job changes who is answered.
                _outstanding[offer.Job.Id] = (offer.Job, Sender);
                broker.Tell(offer);
                break;
            case BrokerMessages.Done done when _outstanding.TryGetValue(done.Job, out var entry):
                if (done.Finding is Finding.Refined refined && _counted.Add(done.Job))
                {
                    _done.Add((refined.Before, refined.After));
                    progress.TryWrite(new SearchProgress.RefinementAdvanced(_done.Count, Median(_done.Select(d => d.Before)), Median(_done.Select(d => d.After))));
                }

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
                foreach (var (job, _) in _outstanding.Values)
                {
                    broker.Tell(new BrokerMessages.Offer(job));
                }

                break;
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
