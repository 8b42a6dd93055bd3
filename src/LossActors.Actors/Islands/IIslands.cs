using System.Collections.Immutable;
using Akka.Actor;
using LossActors.Evolution.Islands;

namespace LossActors.Actors.Islands;

/// <summary>Where the islands of a search live, and how the root of its actors reaches them.</summary>
internal interface IIslands
{
    /// <summary>The run is founded: its islands may begin. Again after the run has been restarted, which changes nothing for islands that are there.</summary>
    void Begin(ImmutableArray<IslandSettings> islands);

    /// <summary>Passes a message on to an island, in somebody's name. Before <see cref="Begin"/> there are none.</summary>
    void Tell(int island, object message, IActorRef sender);

    /// <summary>Passes a message on to all islands.</summary>
    void TellAll(object message, IActorRef sender);
}
