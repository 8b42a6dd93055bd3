using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Migration;
using LossActors.Evolution.Tests.Simulation;
using LossActors.Evolution.Topologies;
using LossActors.Expressions;
using Xunit;

namespace LossActors.Evolution.Tests.Islands;

public sealed class FoundingTests
{
    private static readonly IslandSettings s_arithmetic = new() { Primitives = [Primitive.Y, Primitive.F, Primitive.Sub, Primitive.Mul] };

    [Fact]
    public void EachIslandKnowsBothEndsOfItsLinks()
    {
        var islands = Founders.Of(3, Topology.Ring);
        Assert.Equal([0, 1, 2], islands.Select(i => i.Island));
        Assert.Equal([new Link(2, 0)], islands[0].Neighbours);
        Assert.Equal([new Link(0, 1)], islands[0].Pullers);
    }

    [Theory]
    [InlineData("ring")]
    [InlineData("star")]
    public void NothingIsForeignWhereIslandsAreAlike(string topology) =>
        Assert.All(Founders.Of(3, Topology.Parse(topology), s_arithmetic), i => Assert.Empty(i.Foreign));

    [Fact]
    public void ForeignIsWhatOthersMayHaveAndTheCanonicalFormDoesNotMakeOfOnesOwn()
    {
        var islands = Founding.Of([s_arithmetic, new()], Topology.Ring);
        Assert.Empty(islands[1].Foreign);
        Assert.Contains(Primitive.Log, islands[0].Foreign);
        // y - f is y + (-1)·f, and f · f a square.
        Assert.DoesNotContain(Primitive.Add, islands[0].Foreign);
        Assert.DoesNotContain(Primitive.Square, islands[0].Foreign);
    }

    [Fact]
    public void StrangersAreThoseThatMembersComeFromAndMeasureOnOtherTasks()
    {
        var (zero, one) = (TaskSet.Of([0]), TaskSet.Of([1]));
        IslandSettings[] islands = [new() { Tasks = zero }, new() { Tasks = zero }, new() { Tasks = one }, new() { Tasks = one, CloneOf = 0 }];
        var founded = Founding.Of(islands, Topology.Ring);

        Assert.Equal(
            [[new Stranger(3, one)], [], [new Stranger(1, zero)], [new Stranger(0, zero)]],
            founded.Select(island => island.Strangers.AsEnumerable()));
    }

    [Fact]
    public void WhoCouldNotHaveBeenMadeOnAnIslandDoesNotEnterIt()
    {
        var founders = Founding.Of([s_arithmetic with { MigrationInterval = 5, MaxNodes = 9 }, new() { MigrationInterval = 5 }, s_arithmetic with { MigrationInterval = 5 }], Topology.FullyConnected);
        var world = new Archipelago(founders, 200, new HashOracle(), 1).Run();
        var entered = world.Journals.Select(j => j.OfType<IslandEvent.MigrantsAdmitted>().SelectMany(e => e.Accepted).ToList()).ToList();
        Assert.All(entered, e => Assert.NotEmpty(e));
        Assert.All(entered[0].Concat(entered[2]), m => Assert.DoesNotContain(m.Expression, n => founders[0].Foreign.Contains(n.Primitive)));
        Assert.All(entered[0], m => Assert.InRange(m.Expression.Count, 3, 9));
        Assert.Contains(entered[1], m => m.Id.Island == 0);
    }
}
