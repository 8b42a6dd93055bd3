using Akka.Actor;
using LossActors.Actors.Protocol;
using LossActors.Evolution.Evaluation;

namespace LossActors.Actors.Refinement;

/// <summary>
/// Has the coefficients of elites tuned: islands offer it candidates, it leases slots for them from the broker and passes the tuned ones back. To an
/// island it looks like the broker, to the broker like an island. Nothing here is durable: islands offer again what they still wait for.
/// </summary>
internal sealed class RefinementActor(IActorRef broker) : UntypedActor
{
    private readonly Dictionary<JobId, (Job Job, IActorRef Island)> _outstanding = [];
    private readonly HashSet<JobId> _counted = [];
    private readonly List<(double Before, double After)> _done = [];

    /// <summary>Asks for <see cref="Statistics"/>.</summary>
    public sealed record GetStatistics;

    /// <summary>What tuning brought so far in this process: task loss after the inner steps, before and after it.</summary>
    /// <param name="Outstanding">Being tuned, or waiting for it.</param>
    /// <param name="Refined">Tuned.</param>
    /// <param name="MedianBefore">Median before; NaN without any.</param>
    /// <param name="MedianAfter">Median after; NaN without any.</param>
    public sealed record Statistics(int Outstanding, int Refined, double MedianBefore, double MedianAfter);

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
            case GetStatistics:
                Sender.Tell(new Statistics(_outstanding.Count, _done.Count, Median(_done.Select(d => d.Before)), Median(_done.Select(d => d.After))));
                break;
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
