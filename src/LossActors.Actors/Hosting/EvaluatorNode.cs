using Akka.Hosting;
using LossActors.Learning.Native;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LossActors.Actors.Hosting;

/// <summary>An evaluator node's life, the same for children of a search node and for nodes started by hand on other machines.</summary>
public static class EvaluatorNode
{
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Evaluates until told to stop. When the search node is gone (restarted, or the network between is), the node starts over with a new
    /// actor system and joins again as soon as there is somebody to join; a child ends instead, with its parent.
    /// </summary>
    /// <param name="options">Whom to join and with what.</param>
    /// <param name="stop">Ends it in good order: work under way goes back to the broker. Whom the owner of the run asks to leave finishes it first.</param>
    /// <exception cref="EnvironmentException">Its address cannot be bound.</exception>
    public static async Task RunAsync(EvaluatorNodeOptions options, CancellationToken stop = default)
    {
        ClusterPort.EnsureFree(options.Host, options.Port);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var lifeLine = options.IsChild ? new LifeLine(ending.Cancel) : null;
        var delay = options.RejoinDelay;
        while (!ending.IsCancellationRequested)
        {
            var joined = await LiveOnceAsync(options, ending).ConfigureAwait(false);
            if (!ending.IsCancellationRequested)
            {
                // Somebody whom the search refuses may become welcome, but not every second.
                delay = joined ? options.RejoinDelay : TimeSpan.FromTicks(Math.Min(2 * delay.Ticks, s_longestDelay.Ticks));
                options.Say(joined ? $"lost the search node; joining {Names(options)} again" : $"{NotLetIn(options)}; trying again");
                await Task.Delay(delay, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static string Names(EvaluatorNodeOptions options) => string.Join(" or ", options.Join);

    private static string NotLetIn(EvaluatorNodeOptions options) =>
        $"not let in by {Names(options)}: is it a search of this version, and does it {(options.Tls is null ? "go without TLS, as this node does (--tls)" : "trust this node's certificate")}?";

    // Whether it was a member.
    private static async Task<bool> LiveOnceAsync(EvaluatorNodeOptions options, CancellationTokenSource ending)
    {
        var stop = ending.Token;
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var joined = false;
        await using var impatience = new Timer(_ => options.Say(NotLetIn(options)), null, options.Patience, Timeout.InfiniteTimeSpan);
        var events = new EvaluatorNodeEvents(
            Joined: search =>
            {
                joined = true;
                impatience.Change(Timeout.Infinite, Timeout.Infinite);
                options.Say($"joined {search} with {string.Join(", ", options.Slots.Devices)}");
            },
            Dismissed: () =>
            {
                options.Say("drained: its work is done and delivered, and it leaves");
                ending.Cancel();
            },
            Lost: lost.Cancel);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(8));
        builder.Services.AddAkka(ClusterHocon.SystemName, akka => akka
            .WithLossActorsCluster(ClusterHocon.Evaluator, options.Host, options.Port, options.Join, logFile: "-", options.Tls)
            .AddEvaluators(options.Slots, events));
        using var host = builder.Build();
        try
        {
            await host.StartAsync(stop).ConfigureAwait(false);
            // Also returns when the cluster has downed this node: Akka.Hosting stops the host with its actor system.
            await host.WaitForShutdownAsync(lost.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop while it was still starting.
        }

        return joined;
    }
}
