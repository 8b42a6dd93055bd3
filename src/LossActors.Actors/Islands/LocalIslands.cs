using System.Collections.Immutable;
using Akka.Actor;
using LossActors.Actors.Runs;
using LossActors.Evolution.Islands;

namespace LossActors.Actors.Islands;

/// <summary>Islands as children of the root of the search, in its process.</summary>
/// <param name="parent">The root.</param>
/// <param name="peers">Whom they work with.</param>
internal sealed class LocalIslands(IActorContext parent, SearchContext peers) : IIslands
{
    private readonly Dictionary<int, IActorRef> _islands = [];

    public void Begin(ImmutableArray<IslandSettings> islands)
    {
        foreach (var settings in islands.Where(settings => !_islands.ContainsKey(settings.Island)))
        {
            _islands[settings.Island] = parent.ActorOf(IslandActor.Props(peers, settings), $"island-{settings.Island}");
        }
    }

    public void Tell(int island, object message, IActorRef sender)
    {
        if (_islands.TryGetValue(island, out var actor))
        {
            actor.Tell(message, sender);
        }
    }

    public void TellAll(object message, IActorRef sender)
    {
        foreach (var actor in _islands.Values)
        {
            actor.Tell(message, sender);
        }
    }
}
