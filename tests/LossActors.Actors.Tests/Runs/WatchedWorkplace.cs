using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Event;
using Akka.Hosting;
using LossActors.Actors.Hosting;
using LossActors.Actors.Persistence;

namespace LossActors.Actors.Tests.Runs;

/// <summary>A synthetic workplace for runs that take snapshots often, which hears how they recover and what they say of snapshots.</summary>
internal sealed class WatchedWorkplace(int snapshotEvery, int jobs = int.MaxValue) : IWorkplace
{
    private readonly SyntheticWorkplace _workplace = new(slots: 3, jobs);

    /// <summary>Everybody's recovery in this process.</summary>
    public ConcurrentQueue<JournalRecovered> Recoveries { get; } = [];

    /// <summary>What the log would say about snapshots.</summary>
    public ConcurrentQueue<string> Warnings { get; } = [];

    public void Configure(AkkaConfigurationBuilder builder, SearchNodeOptions options, string dataHash)
    {
        _workplace.Configure(builder, options, dataHash);
        builder.AddHocon($"lossactors.snapshot-every = {snapshotEvery}", HoconAddMode.Prepend);
    }

    public IActorRef Broker(ActorSystem system)
    {
        var ear = system.ActorOf(Props.Create(() => new Ear(this)));
        system.EventStream.Subscribe(ear, typeof(JournalRecovered));
        system.EventStream.Subscribe(ear, typeof(Warning));
        return _workplace.Broker(system);
    }

    private sealed class Ear(WatchedWorkplace workplace) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case JournalRecovered recovered:
                    workplace.Recoveries.Enqueue(recovered);
                    break;
                case Warning warning when $"{warning.Message}" is var line && line.Contains("snapshot", StringComparison.Ordinal):
                    workplace.Warnings.Enqueue(line);
                    break;
            }
        }
    }
}
