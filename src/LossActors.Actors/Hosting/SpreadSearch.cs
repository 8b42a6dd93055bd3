using Akka.Actor;
using Akka.Cluster.Tools.Singleton;
using LossActors.Actors.Islands;
using LossActors.Actors.Runs;

namespace LossActors.Actors.Hosting;

/// <summary>A node's part in a search that is spread over the search nodes of a cluster: a place for islands, and the readiness to own the run.</summary>
internal static class SpreadSearch
{
    private const string Manager = "search";
    private const string Owner = "owner";

    /// <summary>Starts it.</summary>
    /// <param name="system">A member, or soon one, of the cluster.</param>
    /// <param name="options">What the node is started for.</param>
    /// <param name="ownership">Its right to work on the run, now or later.</param>
    /// <param name="setup">What the root of the search's actors is made of, should this node come to own the run.</param>
    /// <returns>Passes on to the run's owner, on whichever node that is.</returns>
    public static IActorRef Start(ActorSystem system, SearchNodeOptions options, RunOwnership ownership, SearchSetup setup)
    {
        var experiment = options.Experiment;
        var search = system.ActorOf(
            ClusterSingletonProxy.Props($"/user/{Manager}", ClusterSingletonProxySettings.Create(system).WithRole(ClusterHocon.Search).WithSingletonName(Owner)), "search-proxy");
        var located = experiment.Search.IslandsAtWork == 0 ? setup : setup with
        {
            Region = ShardedIslands.StartRegion(
                system, ClusterHocon.Search, SearchContext.By(options.Run, experiment.Protocol.Replicates, options.Time, setup.Progress, search), options.Founded!),
        };
        system.ActorOf(
            ClusterSingletonManager.Props(
                Props.Create(() => new SearchOwner(ownership, located)),
                PoisonPill.Instance,
                ClusterSingletonManagerSettings.Create(system).WithRole(ClusterHocon.Search).WithSingletonName(Owner)),
            Manager);
        return search;
    }
}
