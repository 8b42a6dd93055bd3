using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using LossActors.Actors.Protocol;
using LossActors.Actors.Record;

namespace LossActors.Actors.Hosting;

/// <summary>The nodes of a run's cluster, for whoever looks or has one leave.</summary>
internal static class NodeStatuses
{
    /// <summary>All of them, by address; none where the run is no cluster's.</summary>
    public static ImmutableArray<NodeStatus> Of(ActorSystem system) =>
    [
        .. Members(system)
            .Select(m => new NodeStatus(SearchMembers.HostPort(m.Address), m.HasRole(ClusterHocon.Search) ? ClusterHocon.Search : ClusterHocon.Evaluator, m.Status == MemberStatus.Up ? "up" : "leaving"))
            .OrderBy(n => n.Address, StringComparer.Ordinal),
    ];

    /// <summary>Asks a node to leave.</summary>
    /// <param name="context">Of whoever asks.</param>
    /// <param name="node">Its address, as <c>host:port</c>; nothing happens if there is none of that address.</param>
    public static void Dismiss(IActorContext context, string node)
    {
        if (Members(context.System).FirstOrDefault(m => SearchMembers.HostPort(m.Address) == node) is { } member)
        {
            context.ActorSelection(new RootActorPath(member.Address) / "user" / Usher.Name).Tell(new NodeMessages.Leave());
        }
    }

    private static ImmutableSortedSet<Member> Members(ActorSystem system) =>
        ((ExtendedActorSystem)system).Provider is IClusterActorRefProvider ? Cluster.Get(system).State.Members : [];
}
