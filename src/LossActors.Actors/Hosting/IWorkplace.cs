using Akka.Actor;
using Akka.Hosting;

namespace LossActors.Actors.Hosting;

/// <summary>Where evaluations are done: adds a broker, and whatever gives it slots, to a search node's actor system.</summary>
public interface IWorkplace
{
    /// <summary>Called while the actor system is configured.</summary>
    void Configure(AkkaConfigurationBuilder builder, SearchNodeOptions options);

    /// <summary>Called when the actor system runs: the broker.</summary>
    IActorRef Broker(ActorSystem system);
}
