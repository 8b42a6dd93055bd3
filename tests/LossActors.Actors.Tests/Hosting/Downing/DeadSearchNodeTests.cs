using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Hosting;
using LossActors.Actors.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace LossActors.Actors.Tests.Hosting.Downing;

/// <summary>
/// A cluster of two search nodes and more evaluators than Akka by itself would have listen to one member, so that the search node which has to decide might not have listened to the dead one.
/// </summary>
public sealed class DeadSearchNodeTests
{
    private const int Evaluators = 10;
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(90);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_dead_one_of_two_search_nodes_is_removed_and_nobody_else(bool lowerAddressDies)
    {
        List<Node> nodes = [await Node.StartAsync(ClusterHocon.Search, [])];
        try
        {
            nodes.Add(await Node.StartAsync(ClusterHocon.Search, [nodes[0].Address]));
            for (var i = 0; i < Evaluators; i++)
            {
                nodes.Add(await Node.StartAsync(ClusterHocon.Evaluator, [nodes[0].Address]));
            }

            Node[] search = [.. nodes.Take(2).OrderBy(n => n.Port)];
            var (dead, living) = lowerAddressDies ? (search[0], search[1]) : (search[1], search[0]);
            await living.SeesAsync([.. nodes]);

            await dead.DieAsync();
            nodes.Remove(dead);

            await living.SeesAsync([.. nodes]);
            Assert.All(nodes, n => Assert.False(n.System.WhenTerminated.IsCompleted));
        }
        finally
        {
            await Task.WhenAll(nodes.Select(n => n.DieAsync()));
        }
    }

    private sealed record Node(IHost Host, ActorSystem System)
    {
        public int Port => Cluster.Get(System).SelfAddress.Port!.Value;

        public string Address => $"127.0.0.1:{Port}";

        public static async Task<Node> StartAsync(string role, ImmutableArray<string> join)
        {
            var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
            builder.Services.AddAkka(ClusterHocon.SystemName, akka => akka.WithLossActorsCluster(role, seeds: join));
            var host = builder.Build();
            await host.StartAsync(TestContext.Current.CancellationToken);
            return new Node(host, host.Services.GetRequiredService<ActorSystem>());
        }

        // Without a word to the others.
        public async Task DieAsync()
        {
            ((ExtendedActorSystem)System).Abort();
            await System.WhenTerminated;
            Host.Dispose();
        }

        // Until the cluster is exactly these, all of them up and heard.
        public async Task SeesAsync(ImmutableArray<Node> nodes)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(s_deadline);
            var expected = nodes.Select(n => n.Port).Order().ToList();
            while (Seen() is var seen && !expected.SequenceEqual(seen))
            {
                Assert.False(limit.IsCancellationRequested, $"members are {string.Join(", ", seen)}, and not {string.Join(", ", expected)}");
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }

        // Those who are not up, or not heard, count as nobody's port.
        private List<int> Seen()
        {
            var state = Cluster.Get(System).State;
            return [.. state.Members.Select(m => m.Status == MemberStatus.Up && !state.Unreachable.Contains(m) ? m.Address.Port!.Value : 0).Order()];
        }
    }
}
