using LossActors.Evolution.Topologies;
using Xunit;

namespace LossActors.Evolution.Tests.Topologies;

public sealed class TopologyTests
{
    [Fact]
    public void OnARingEachPullsFromTheOneBefore() =>
        Assert.Equal([3, 0, 1, 2], Enumerable.Range(0, 4).SelectMany(i => Topology.Ring.Neighbours(i, 4)));

    [Fact]
    public void FullyConnectedIslandsPullFromAllOthers() => Assert.Equal([0, 1, 3], Topology.FullyConnected.Neighbours(2, 4));

    [Fact]
    public void UnconnectedIslandsPullFromNobody() => Assert.Empty(Topology.Unconnected.Neighbours(2, 4));

    [Fact]
    public void ALoneIslandNeverPullsFromItself() => Assert.All(Topology.All, t => Assert.Empty(t.Neighbours(0, 1)));

    [Fact]
    public void TopologiesAreFoundByTheirNames() => Assert.All(Topology.All, t => Assert.Same(t, Topology.Parse(t.Name)));

    [Fact]
    public void AnUnknownNameIsRefusedWithTheNamesThatAreKnown() =>
        Assert.Equal(
            "topology \"star\" is unknown; there are ring, unconnected, fully-connected",
            Assert.Throws<FormatException>(() => Topology.Parse("star")).Message);
}
