using System.Collections.Immutable;
using System.Diagnostics;
using Akka.Actor;
using Akka.Cluster;
using Akka.Hosting;
using LossActors.Actors.Broker;
using LossActors.Actors.Evaluators;
using LossActors.Actors.Hosting.Tls;

namespace LossActors.Actors.Hosting;

/// <summary>
/// The real workplace: a broker, evaluator processes that this node starts on its machine, and whoever else joins. Evaluators work for the broker of the oldest search node.
/// </summary>
public sealed class ClusterWorkplace : IWorkplace
{
    /// <summary>The command line of one evaluator process; see <see cref="EvaluatorProcessOptions.Command"/>.</summary>
    public required Func<EvaluatorLaunch, ProcessStartInfo> Command { get; init; }

    /// <summary>The address to bind to, as evaluators reach it.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The port to bind to; 0: any.</summary>
    public int Port { get; init; }

    /// <summary>Search nodes that work on the run already, as <c>host:port</c>; empty: none, this node founds the cluster.</summary>
    public ImmutableArray<string> Join { get; init; } = [];

    /// <inheritdoc/>
    public bool IsClustered => true;

    /// <inheritdoc/>
    public bool IsJoining => !Join.IsEmpty;

    /// <summary>Who this node is to evaluators, and whom it lets in; null: no TLS.</summary>
    public TlsIdentity? Tls { get; init; }

    /// <inheritdoc/>
    public void Configure(AkkaConfigurationBuilder builder, SearchNodeOptions options, string dataHash)
    {
        var evaluation = options.Experiment.Evaluation;
        builder
            .WithLossActorsCluster(ClusterHocon.Search, Host, Port, Join, options.Folder.LogOf(options.Run), Tls)
            .AddBroker(
                new BrokerOptions
                {
                    Run = options.Run,
                    Protocol = options.Experiment.Protocol,
                    DataHash = dataHash,
                    Leases = new LeaseSettings
                    {
                        JobLimit = evaluation.Timeout,
                        // Strict mode promises bits, and cohorts of different sizes round differently.
                        LargestCohort = options.Experiment.Search.Island.Strict ? 1 : evaluation.LargestCohort,
                    },
                },
                options.Time);
        if (evaluation.Evaluators > 0)
        {
            builder.AddEvaluatorProcesses(
                new EvaluatorProcessOptions { Command = Command, Count = evaluation.Evaluators, Devices = evaluation.Devices, LogFolder = options.Folder.Logs },
                options.Time);
        }
    }

    /// <summary>The port that the node listens on; 0 until it runs.</summary>
    public int BoundPort { get; private set; }

    /// <summary>Where evaluators join, as <c>host:port</c>; null until the node runs.</summary>
    public string? Address { get; private set; }

    /// <inheritdoc/>
    public IActorRef Broker(ActorSystem system)
    {
        var address = Cluster.Get(system).SelfAddress;
        BoundPort = address.Port ?? 0;
        Address = SearchMembers.HostPort(address);
        return ActorRegistry.For(system).Get<BrokerKey>();
    }
}
