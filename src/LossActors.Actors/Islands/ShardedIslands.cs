using System.Collections.Immutable;
using System.Globalization;
using Akka.Actor;
using Akka.Cluster.Sharding;
using LossActors.Actors.Experiments;
using LossActors.Actors.Persistence;
using LossActors.Actors.Runs;
using LossActors.Evolution.Islands;

namespace LossActors.Actors.Islands;

/// <summary>
/// Islands as entities of cluster sharding, spread over the search nodes, each a shard of its own so that they spread evenly. Sharding remembers them: those of a node that died
/// start on another one by themselves.
/// </summary>
/// <param name="region">This node's shard region.</param>
internal sealed class ShardedIslands(IActorRef region) : IIslands
{
    private ImmutableArray<IslandSettings> _islands = [];

    /// <summary>Starts this node's part of the sharding of a run's islands.</summary>
    /// <param name="system">A member of the cluster.</param>
    /// <param name="role">Of the nodes that hold islands.</param>
    /// <param name="peers">Whom islands on this node work with.</param>
    /// <param name="founded">The search as it was founded: islands may come later.</param>
    public static IActorRef StartRegion(ActorSystem system, string role, SearchContext peers, SearchSettings founded)
    {
        var islands = Archipelago.Founding(founded, founded.IslandsAtWork);
        var settings = ClusterShardingSettings.Create(system).WithRole(role).WithRememberEntities(true);

        // Named after the run: what is remembered in a database of several runs must not wake the islands of another one.
        return ClusterSharding.Get(system).Start(
            new JournalId(peers.Run).Sharding,
            entity => IslandActor.Props(peers, int.Parse(entity, CultureInfo.InvariantCulture) is var island && island < islands.Length ? islands[island] : Archipelago.Added(founded, island)),
            settings,
            Extractor.Instance,
            ShardAllocationStrategy.LeastShardAllocationStrategy(absoluteLimit: 0, relativeLimit: 1),
            PoisonPill.Instance);
    }

    public void Begin(ImmutableArray<IslandSettings> islands) => _islands = islands;

    public void Tell(int island, object message, IActorRef sender)
    {
        if (!_islands.IsEmpty)
        {
            region.Tell(new ShardingEnvelope(island.ToString(CultureInfo.InvariantCulture), message), sender);
        }
    }

    public void TellAll(object message, IActorRef sender)
    {
        foreach (var settings in _islands)
        {
            Tell(settings.Island, message, sender);
        }
    }

    // Envelopes, the only messages, are opened by sharding itself.
    private sealed class Extractor : IMessageExtractor
    {
        public static Extractor Instance { get; } = new();

        public string? EntityId(object message) => null;

        public object EntityMessage(object message) => message;

        public string? ShardId(object message) => null;

        public string ShardId(string entityId, object? messageHint = null) => entityId;
    }
}
