using Akka.Actor;
using Akka.Cluster;
using Akka.Hosting;
using LossActors.Actors.Evaluators;
using LossActors.Actors.Hosting;

namespace LossActors.Actors.Benchmarks;

/// <summary>
/// The real workplace with a synthetic evaluator: another node, with an actor system of its own, that joins over loopback and speaks through sockets and
/// the closed serializer. It lives in this process, so nothing need be started and nothing is left behind.
/// </summary>
internal sealed class LoopbackWorkplace(int slots) : IWorkplace, IAsyncDisposable
{
    private readonly ClusterWorkplace _cluster = new() { Command = _ => throw new InvalidOperationException("This workplace starts no processes.") };
    private readonly CancellationTokenSource _stop = new();
    private Task _evaluator = Task.CompletedTask;

    public void Configure(AkkaConfigurationBuilder builder, SearchNodeOptions options, string dataHash)
    {
        _cluster.Configure(builder, options, dataHash);
        // Not awaited by who starts the actors: it ends with the workplace.
        builder.StartActors((system, _) => { _evaluator = Evaluate(Cluster.Get(system).SelfAddress); });
    }

    public IActorRef Broker(ActorSystem system) => _cluster.Broker(system);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _evaluator.ConfigureAwait(false);
        _stop.Dispose();
    }

    private Task Evaluate(Address search) => EvaluatorNode.RunAsync(
        new EvaluatorNodeOptions
        {
            Join = [SearchMembers.HostPort(search)],
            Slots = new SlotSettings { Benches = new SyntheticBenches(), Devices = [.. Enumerable.Repeat("cpu", slots)] },
        },
        _stop.Token);
}
