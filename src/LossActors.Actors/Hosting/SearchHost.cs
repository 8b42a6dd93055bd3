using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Singleton;
using Akka.DistributedData;
using Akka.Hosting;
using Akka.Persistence.Sql;
using LossActors.Actors.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LossActors.Actors.Hosting;

/// <summary>Builds the host of a search node.</summary>
internal static class SearchHost
{
    public static IHost Build(SearchNodeOptions options, string dataHash)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddSingleton(options.Time);
        builder.Services.AddAkka(ClusterHocon.SystemName, (akka, _) => Configure(akka, options, dataHash));
        return builder.Build();
    }

    private static void Configure(AkkaConfigurationBuilder akka, SearchNodeOptions options, string dataHash)
    {
        options.Workplace.Configure(akka, options, dataHash);
        if (options.IsSpread)
        {
            akka.AddHocon(ClusterHocon.Cluster, HoconAddMode.Prepend);
            akka.AddHocon(ClusterSharding.DefaultConfig().WithFallback(DistributedData.DefaultConfig()).WithFallback(ClusterSingleton.DefaultConfig()), HoconAddMode.Append);
        }

        akka.AddHocon(PersistenceConfig.For(options.Database.Plugin), HoconAddMode.Prepend);
        akka.AddSetup(PersistenceConfig.Connections(options.Database.Plugin));
        akka.AddHocon("akka.coordinated-shutdown.run-by-clr-shutdown-hook = off", HoconAddMode.Prepend);
        akka.AddHocon(SqlPersistence.DefaultConfiguration, HoconAddMode.Append);
    }

    // Signals are the command line's to handle: it knows what Ctrl+C once and twice mean.
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
