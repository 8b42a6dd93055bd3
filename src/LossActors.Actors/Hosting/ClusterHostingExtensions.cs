using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Hosting;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Remote.Hosting;
using LossActors.Actors.Broker;
using LossActors.Actors.Evaluators;
using LossActors.Actors.Hosting.Tls;

namespace LossActors.Actors.Hosting;

/// <summary>The parts that search and evaluator nodes are put together from.</summary>
public static class ClusterHostingExtensions
{
    private const string LeaseDispatcher = "lossactors.lease-dispatcher";

    /// <summary>Makes the actor system a member of a LossActors cluster, configured by hocon/base.conf and hocon/single.conf.</summary>
    /// <param name="builder">Of an actor system named <see cref="ClusterHocon.SystemName"/>.</param>
    /// <param name="role"><see cref="ClusterHocon.Search"/> or <see cref="ClusterHocon.Evaluator"/>.</param>
    /// <param name="host">The address to bind to, as others name it.</param>
    /// <param name="port">The port to bind to; 0: any.</param>
    /// <param name="seeds">Whom to join, as <c>host:port</c>, whichever of them answers; empty: nobody, this node is the cluster's first.</param>
    /// <param name="logFile">Where the log goes: a file, <c>-</c> for standard error, empty for nowhere.</param>
    /// <param name="tls">Who this node is, and whom it lets in; null: no TLS, whoever reaches the port is let in.</param>
    public static AkkaConfigurationBuilder WithLossActorsCluster(
        this AkkaConfigurationBuilder builder, string role, string host = "127.0.0.1", int port = 0, ImmutableArray<string> seeds = default, string logFile = "", TlsIdentity? tls = null)
    {
        var protocol = tls is null ? "akka.tcp" : "akka.ssl.tcp";
        builder
            .AddHocon(ConfigurationFactory.ParseString($"lossactors.log-file = {HoconText.Quoted(logFile)}"), HoconAddMode.Append)
            .AddHocon(ClusterHocon.Single, HoconAddMode.Append)
            .AddHocon(ClusterHocon.Base, HoconAddMode.Append)
            .WithRemoting(host, port)
            .WithClustering(new ClusterOptions
            {
                Roles = [role],
                SeedNodes = seeds.IsDefaultOrEmpty ? [] : [.. seeds.Select(seed => $"{protocol}://{ClusterHocon.SystemName}@{seed}")],
            });
        if (tls is not null)
        {
            builder.AddHocon("akka.remote.dot-netty.tcp.enable-ssl = true", HoconAddMode.Prepend);
            builder.AddSetup(tls.Setup(TimeProvider.System));
        }

        if (seeds.IsDefaultOrEmpty)
        {
            builder.StartActors((system, _) => Cluster.Get(system).Join(Cluster.Get(system).SelfAddress));
        }

        return builder;
    }

    /// <summary>Starts the broker at <c>/user/broker</c>, registered as <see cref="BrokerKey"/>.</summary>
    public static AkkaConfigurationBuilder AddBroker(this AkkaConfigurationBuilder builder, BrokerOptions options, TimeProvider? time = null) =>
        builder.StartActors((system, registry) => registry.Register<BrokerKey>(system.ActorOf(
            Props.Create(() => new BrokerActor(options, time ?? TimeProvider.System)).WithDispatcher(LeaseDispatcher), BrokerKey.Name)));

    /// <summary>Starts evaluator processes on this machine, which join this node. After <see cref="AddBroker"/>.</summary>
    public static AkkaConfigurationBuilder AddEvaluatorProcesses(
        this AkkaConfigurationBuilder builder, EvaluatorProcessOptions options, TimeProvider? time = null) =>
        builder.StartActors((system, registry) => system.ActorOf(
            Props.Create(() => new EvaluatorProcessSupervisor(
                options, Cluster.Get(system).SelfAddress, registry.Get<BrokerKey>(), time ?? TimeProvider.System)),
            "evaluator-processes"));

    /// <summary>Evaluates inside this process, for debugging: no crash is contained. After <see cref="AddBroker"/>.</summary>
    public static AkkaConfigurationBuilder AddEvaluatorsInProcess(
        this AkkaConfigurationBuilder builder, SlotSettings settings, TimeProvider? time = null) =>
        builder.StartActors((system, registry) => system.ActorOf(
            Props.Create(() => new SlotsActor(settings, registry.Get<BrokerKey>(), time ?? TimeProvider.System)), SlotsActor.Name));

    /// <summary>Evaluates for whichever search node the cluster has.</summary>
    internal static AkkaConfigurationBuilder AddEvaluators(
        this AkkaConfigurationBuilder builder, SlotSettings settings, EvaluatorNodeEvents events, TimeProvider? time = null) =>
        builder.StartActors((system, _) =>
        {
            var slots = system.ActorOf(Props.Create(() => new SlotsActor(settings, null, time ?? TimeProvider.System)), SlotsActor.Name);
            system.ActorOf(Props.Create(() => new SearchFinder(slots, events)), "search-finder");
            system.ActorOf(
                Props.Create(() => new Usher(() => slots.Ask<SlotActor.Left>(SlotActor.Retire.Instance, Timeout.InfiniteTimeSpan).ContinueWith(_ => events.Dismissed(), TaskScheduler.Default))),
                Usher.Name);
            CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseServiceRequestsDone, "slots-leave", async () =>
            {
                await slots.Ask<SlotActor.Left>(SlotActor.Leave.Instance, TimeSpan.FromSeconds(2)).ConfigureAwait(false);
                return Akka.Done.Instance;
            });
        });

    internal static Props OnLeaseDispatcher(this Props props, ActorSystem system) =>
        system.Dispatchers.HasDispatcher(LeaseDispatcher) ? props.WithDispatcher(LeaseDispatcher) : props;
}
