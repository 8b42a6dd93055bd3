using Akka.Actor;
using Akka.Pattern;

namespace LossActors.Actors.Persistence;

/// <summary>The back-off that journaled actors live under: a failed write always stops them.</summary>
internal static class Backoff
{
    /// <summary>Starts an actor again, later each time, whenever it has stopped. Messages to the supervisor go to the actor.</summary>
    public static Props Guarded(Props journaled) => BackoffSupervisor.Props(
        Akka.Pattern.Backoff.OnStop(journaled, "journal", TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(10), randomFactor: 0.2, maxNrOfRetries: -1)
            .WithSupervisorStrategy(new OneForOneStrategy(_ => Directive.Stop)));
}
