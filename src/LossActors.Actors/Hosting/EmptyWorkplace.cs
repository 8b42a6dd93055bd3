using Akka.Actor;
using Akka.Hosting;

namespace LossActors.Actors.Hosting;

/// <summary>A workplace where nothing is ever evaluated: offers of work go unheard.</summary>
internal sealed class EmptyWorkplace : IWorkplace
{
    /// <inheritdoc/>
    public void Configure(AkkaConfigurationBuilder builder, SearchNodeOptions options, string dataHash) =>
        builder.AddHocon("akka { loggers = [], stdout-loglevel = OFF, log-dead-letters = off }", HoconAddMode.Prepend);

    /// <inheritdoc/>
    public IActorRef Broker(ActorSystem system) => system.DeadLetters;
}
