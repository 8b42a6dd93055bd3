using System.Collections.Immutable;
using System.Globalization;
using Akka.Actor;
using Akka.Cluster;

namespace LossActors.Actors.Hosting;

/// <summary>The search nodes of a cluster, as one member sees them.</summary>
internal static class SearchMembers
{
    /// <summary>The oldest that is up, which is where the run and its broker are; null: there is none.</summary>
    public static Member? Oldest(Cluster cluster) => Up(cluster)
        .OrderBy(m => m, Comparer<Member>.Create((a, b) => a.IsOlderThan(b) ? -1 : b.IsOlderThan(a) ? 1 : 0))
        .FirstOrDefault();

    /// <summary>Whether it is the only one that is up.</summary>
    public static bool IsLast(Cluster cluster, Member member) => Up(cluster).All(m => m.Equals(member));

    /// <summary>All but oneself, as <c>host:port</c>.</summary>
    public static ImmutableArray<string> Others(ActorSystem system)
    {
        var cluster = Cluster.Get(system);
        return [.. Up(cluster).Where(m => m.Address != cluster.SelfAddress).Select(m => HostPort(m.Address))];
    }

    /// <summary>An address as command lines have it: <c>host:port</c>.</summary>
    public static string HostPort(Address address) => string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}");

    private static IEnumerable<Member> Up(Cluster cluster) => cluster.State.Members.Where(m => m.HasRole(ClusterHocon.Search) && m.Status == MemberStatus.Up);
}
