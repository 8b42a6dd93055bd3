using CsCheck;
using LossActors.Evolution.Initialisation;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Tests.Simulation;
using LossActors.Evolution.Variation;
using LossActors.Expressions;
using Xunit;

namespace LossActors.Evolution.Tests.Variation;

public sealed class RepairTests
{
    [Fact]
    public void ALossIsLeftAsItIs() =>
        Assert.Same(s_loss, Repair.Apply(s_loss, new(), Trees.Stream(1)));

    [Fact]
    public void ARepairedTreeHasBothArgumentsAndObeysTheCaps() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[3, 40], Gen.Int[0, 100_000]).Sample((maxHeight, maxNodes, n) =>
        {
            var settings = new IslandSettings { MaxHeight = maxHeight, MaxNodes = maxNodes };
            var random = Trees.Stream(n);
            var tree = HalfAndHalf.Make(0, maxHeight, settings.Primitives, random);
            var repaired = Repair.Apply(tree.Count <= maxNodes ? tree : Trees.Of(Primitive.Y), settings, random);
            Assert.True(repaired.IsLoss);
            Assert.InRange(repaired.Height, 1, maxHeight);
            Assert.InRange(repaired.Count, 3, maxNodes);
        });

    [Fact]
    public void ATerminalGivesWayWhereThereIsRoom()
    {
        var tree = Trees.Of(Primitive.Add, Primitive.Abs, Primitive.Y, Primitive.One);
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(tree.Count + 2, Repair.Apply(tree, new(), Trees.Stream(i)).Count);
        }
    }

    [Fact]
    public void ATreeOfFullHeightLosesASubtreeInstead()
    {
        var tree = Trees.Of(Primitive.Abs, Primitive.Add, Primitive.Y, Primitive.One);
        var repaired = Repair.Apply(tree, new() { MaxHeight = 2, MaxInitialHeight = 2 }, Trees.Stream(1));
        Assert.Equal(Primitive.Abs, repaired[0].Primitive);
        Assert.True(repaired.IsLoss);
    }

    [Fact]
    public void YAndFComeInBothOrdersUnderFourFunctions()
    {
        var grafts = Enumerable.Range(0, 200).Select(i => Describe.Text(Repair.Apply(Trees.Of(Primitive.One), new(), Trees.Stream(i)))).ToHashSet();
        Assert.Equal(8, grafts.Count);
    }

    private static readonly Expression s_loss = Trees.Of(Primitive.Square, Primitive.Sub, Primitive.Y, Primitive.F);
}
