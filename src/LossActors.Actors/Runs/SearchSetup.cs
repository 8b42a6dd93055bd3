using System.Threading.Channels;
using Akka.Actor;
using LossActors.Actors.Control;
using LossActors.Actors.Persistence;

namespace LossActors.Actors.Runs;

/// <summary>What the root of a search's actors is made of.</summary>
/// <param name="Database">Where its state lives.</param>
/// <param name="Run">The run's id.</param>
/// <param name="Broker">Who hands out work.</param>
/// <param name="Region">The shard region of the islands; null: they live in this process.</param>
/// <param name="Time">The clock.</param>
/// <param name="Progress">Where progress is told.</param>
/// <param name="Opened">Set when the run's journal is open and the record shows the run.</param>
/// <param name="Ended">Set when the run is over and the record shows it.</param>
/// <param name="Stuck">Set when no slot can work and none will by itself: why.</param>
internal sealed record SearchSetup(
    Database Database,
    string Run,
    IActorRef Broker,
    IActorRef? Region,
    TimeProvider Time,
    ChannelWriter<SearchProgress> Progress,
    TaskCompletionSource Opened,
    TaskCompletionSource<RunMessages.Over> Ended,
    TaskCompletionSource<string> Stuck);
