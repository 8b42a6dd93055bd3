using CsCheck;
using LossActors.Evolution.Topologies;
using Xunit;

namespace LossActors.Evolution.Tests.Topologies;

public sealed class TopologyTests
{
    private static readonly TopologyOptions s_options = new() { Rewiring = 0.5, Seed = 3, Graph = [new(0, 1, 0.5), new(2, 1), new(1, 0)] };

    [Fact]
    public void OnARingEachPullsFromTheOneBefore() => Assert.Equal([3, 0, 1, 2], Topology.Ring.Links(4).Select(l => l.From));

    [Fact]
    public void FullyConnectedIslandsPullFromAllOthers() => Assert.Equal([0, 1, 3], From(Topology.FullyConnected, 2, 4));

    [Fact]
    public void UnconnectedIslandsPullFromNobody() => Assert.Empty(Topology.Unconnected.Links(4));

    [Theory]
    [InlineData(12, 5, new[] { 1, 4, 6, 9 })]
    [InlineData(12, 0, new[] { 1, 3, 4, 8 })]
    [InlineData(9, 4, new[] { 1, 3, 5, 7 })]
    [InlineData(4, 0, new[] { 1, 2 })]
    [InlineData(6, 0, new[] { 1, 2, 3 })]
    [InlineData(7, 0, new[] { 1, 6 })]
    [InlineData(2, 0, new[] { 1 })]
    public void OnATorusEachPullsFromThoseAroundItOnAGridAsSquareAsCanBe(int count, int island, int[] neighbours) =>
        Assert.Equal(neighbours, From(Topology.Torus, island, count));

    [Fact]
    public void OnlyThroughTheStarComesWhatTheHallOfFameHas()
    {
        Assert.Equal(["star"], All().Where(t => t.IsThroughHallOfFame).Select(t => t.Name));
        Assert.Equal([0, 1, 3], From(Topology.Star, 2, 4));
    }

    [Fact]
    public void AGraphHasTheLinksThatAreListed() => Assert.Equal([new(1, 0), new(0, 1, 0.5), new Link(2, 1)], Topology.Parse("graph", s_options).Links(3));

    [Fact]
    public void ASmallWorldWithoutRewiringIsARingThatGoesBothWays()
    {
        var world = SmallWorld(0, 1);
        Assert.All(Enumerable.Range(0, 10), i => Assert.Equal(new[] { (i + 9) % 10, (i + 1) % 10 }.Order(), From(world, i, 10)));
    }

    [Fact]
    public void ASmallWorldHasAsManyEdgesAsItsRingGoesBothWaysAndStaysConnected() =>
        Gen.Select(Gen.Int[2, 40], Gen.Double[0, 1], Gen.ULong).Sample((count, rewiring, seed) =>
        {
            var links = SmallWorld(rewiring, seed).Links(count).Select(l => (l.From, l.To)).ToHashSet();
            Assert.Equal(count == 2 ? 2 : 2 * count, links.Count);
            Assert.All(links, l => Assert.Contains((l.To, l.From), links));
            var reached = new HashSet<int> { 0 };
            for (var steps = 0; steps < count; steps++)
            {
                reached.UnionWith(links.Where(l => reached.Contains(l.From)).Select(l => l.To).ToList());
            }

            Assert.Equal(count, reached.Count);
        }, iter: 300);

    [Fact]
    public void TheSeedDrawsTheShortCuts()
    {
        var links = SmallWorld(0.3, 1).Links(30);
        Assert.Equal(links, SmallWorld(0.3, 1).Links(30));
        Assert.NotEqual(links, SmallWorld(0.3, 2).Links(30));
        // 30 edges, each moved with probability 0.3: more than 18 or none by chance in less than one of a thousand seeds.
        Assert.InRange(links.Count(l => (l.From + 1) % 30 != l.To && (l.To + 1) % 30 != l.From) / 2, 1, 18);
    }

    [Fact]
    public void ALinkIsUsedAsOftenAsItsWeightSaysAndTheSameAtBothEnds()
    {
        var link = new Link(3, 5, 0.25);
        var used = Enumerable.Range(1, 4000).Select(epoch => link.IsUsed(7, epoch)).ToList();
        Assert.Equal(used, Enumerable.Range(1, 4000).Select(epoch => new Link(3, 5, 0.25).IsUsed(7, epoch)));
        // Five standard deviations either way.
        Assert.InRange(used.Count(u => u), 1000 - 137, 1000 + 137);
        Assert.NotEqual(used, Enumerable.Range(1, 4000).Select(epoch => new Link(5, 3, 0.25).IsUsed(7, epoch)));
        Assert.All(Enumerable.Range(1, 100), epoch => Assert.True(new Link(3, 5).IsUsed(7, epoch)));
    }

    [Fact]
    public void LinksAreEachThereOnceAndNeverFromAnIslandToItself() => Gen.Int[1, 30].Sample(count =>
        Assert.All(All(), topology =>
        {
            var links = topology.Links(count);
            Assert.Equal(links.Length, links.DistinctBy(l => (l.From, l.To)).Count());
            Assert.All(links, l => Assert.True(l.From != l.To && l.From >= 0 && l.From < count && l.To >= 0 && l.To < count));
            Assert.Equal(links.OrderBy(l => l.To).ThenBy(l => l.From), links);
        }));

    [Fact]
    public void TopologiesAreFoundByTheirNames() => Assert.All(Topology.Names, name => Assert.Equal(name, Topology.Parse(name).Name));

    [Fact]
    public void AnUnknownNameIsRefusedWithTheNamesThatAreKnown() =>
        Assert.Equal(
            "topology \"line\" is unknown; there are ring, unconnected, torus, fully-connected, star, small-world, graph",
            Assert.Throws<FormatException>(() => Topology.Parse("line")).Message);

    private static IEnumerable<ITopology> All() => Topology.Names.Select(name => Topology.Parse(name, s_options));

    private static ITopology SmallWorld(double rewiring, ulong seed) => Topology.Parse("small-world", new() { Rewiring = rewiring, Seed = seed });

    private static IEnumerable<int> From(ITopology topology, int island, int count) => topology.Links(count).Where(l => l.To == island).Select(l => l.From);
}
