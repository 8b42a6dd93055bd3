using Akka.Actor;
using Akka.Hosting;

namespace LossActors.Actors.Hosting;

/// <summary>Where evaluations are done: adds a broker, and whatever gives it slots, to a search node's actor system.</summary>
public interface IWorkplace
{
    /// <summary>Called while the actor system is configured.</summary>
    /// <param name="builder">Of the search node's actor system.</param>
    /// <param name="options">What the node is started for.</param>
    /// <param name="dataHash">What the data of the run's tasks hash to.</param>
    void Configure(AkkaConfigurationBuilder builder, SearchNodeOptions options, string dataHash);

    /// <summary>Called when the actor system runs: the broker.</summary>
    IActorRef Broker(ActorSystem system);
}
