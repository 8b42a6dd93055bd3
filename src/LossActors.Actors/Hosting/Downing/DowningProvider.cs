using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Cluster;

namespace LossActors.Actors.Hosting.Downing;

/// <summary>Tells Akka.Cluster who decides about members that do not hear each other; named in hocon/base.conf.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "Akka makes it, by the name in the configuration.")]
internal sealed class DowningProvider(ActorSystem system, Cluster cluster) : IDowningProvider
{
    public TimeSpan DownRemovalMargin => system.Settings.Config.GetTimeSpan("akka.cluster.down-removal-margin");

    public Props DowningActorProps
    {
        get
        {
            var stableAfter = system.Settings.Config.GetTimeSpan("lossactors.downing.stable-after");
            return Props.Create(() => new DowningActor(cluster, stableAfter));
        }
    }
}
