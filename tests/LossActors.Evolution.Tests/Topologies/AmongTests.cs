using LossActors.Evolution.Topologies;
using Xunit;

namespace LossActors.Evolution.Tests.Topologies;

/// <summary>Links where some islands take no part.</summary>
public sealed class AmongTests
{
    [Fact]
    public void ARingClosesOverThoseThatAreGone() =>
        Assert.Equal([new Link(4, 0), new Link(0, 2), new Link(2, 4)], Topology.Ring.Among([0, 2, 4]).OrderBy(l => l.To));

    [Theory]
    [InlineData("ring")]
    [InlineData("torus")]
    [InlineData("fully-connected")]
    [InlineData("star")]
    [InlineData("small-world")]
    [InlineData("unconnected")]
    public void EachTakesThemForAllThereAre(string name)
    {
        var topology = Topology.Parse(name);
        int[] numbers = [1, 3, 4, 7, 9];
        Assert.Equal(topology.Links(5).Select(l => l with { From = numbers[l.From], To = numbers[l.To] }), topology.Among([.. numbers]));
        Assert.Equal(topology.Links(5), topology.Among([0, 1, 2, 3, 4]));
    }

    [Fact]
    public void AGraphKeepsItsOwnLinks()
    {
        var graph = Topology.Parse("graph", new() { Graph = [new(0, 1), new(1, 2), new(2, 0, 0.5)] });
        Assert.Equal([new Link(2, 0, 0.5)], graph.Among([0, 2]));
        Assert.Empty(graph.Among([1]));
    }
}
