using Akka.Actor;
using Akka.Hosting;

namespace LossActors.Actors.Hosting;

/// <summary>Where evaluations are done: adds a broker, and whatever gives it slots, to a search node's actor system.</summary>
public interface IWorkplace
{
    /// <summary>Whether the search node is a member of a cluster, over whose search nodes a run may spread if its database is shared.</summary>
    bool IsClustered => false;

    /// <summary>Whether the search node joins others that work on the run already.</summary>
    bool IsJoining => false;

    /// <summary>Called while the actor system is configured.</summary>
    /// <param name="builder">Of the search node's actor system.</param>
    /// <param name="options">What the node is started for.</param>
    /// <param name="dataHash">What the data of the run's tasks hash to.</param>
    void Configure(AkkaConfigurationBuilder builder, SearchNodeOptions options, string dataHash);

    /// <summary>Called when the actor system runs: the broker.</summary>
    IActorRef Broker(ActorSystem system);
}
