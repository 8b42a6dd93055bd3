using LossActors.Evolution.Initialisation;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Tests.Simulation;
using LossActors.Evolution.Variation;
using LossActors.Expressions;
using Xunit;

namespace LossActors.Evolution.Tests.Initialisation;

public sealed class HalfAndHalfTests
{
    private static readonly IslandSettings s_settings = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void FullTreesEndAtExactlyTheirHeightOnEveryBranch(int height)
    {
        for (var i = 0; i < 200; i++)
        {
            var tree = HalfAndHalf.Full(height, s_settings.Primitives, Trees.Stream(i));
            Assert.All(tree.Terminals(), t => Assert.Equal(height, tree.Depths()[t]));
        }
    }

    [Fact]
    public void GrownTreesEndBetweenTheirDepths()
    {
        var ends = Enumerable.Range(0, 500)
            .Select(i => HalfAndHalf.Grow(2, 4, s_settings.Primitives, Trees.Stream(i)))
            .SelectMany(tree => tree.Terminals().Select(t => tree.Depths()[t])).ToHashSet();
        Assert.Equal([2, 3, 4], ends.Order());
    }

    [Fact]
    public void InitialTreesAreRampedOverAllTheirHeights()
    {
        var heights = Enumerable.Range(0, 600).Select(i => HalfAndHalf.Ramped(s_settings, Trees.Stream(i)).Height).ToList();
        Assert.All([2, 3, 4], height => Assert.InRange(heights.Count(h => h == height), 100, 350));
        Assert.All(heights, h => Assert.InRange(h, 2, 4));
    }

    [Fact]
    public void AboutTwoThirdsOfInitialTreesLackYOrF()
    {
        // Measured with the reference's code: 410 of 600.
        var lacking = Enumerable.Range(0, 4000).Count(i => !HalfAndHalf.Ramped(s_settings, Trees.Stream(i)).IsLoss);
        Assert.InRange(lacking / 4000.0, 0.63, 0.73);
    }

    [Fact]
    public void OnlyAllowedPrimitivesOccur()
    {
        Primitive[] allowed = [Primitive.Y, Primitive.F, Primitive.Mul, Primitive.Log];
        var seen = Enumerable.Range(0, 100).SelectMany(i => HalfAndHalf.Make(0, 4, [.. allowed], Trees.Stream(i))).Select(n => n.Primitive).ToHashSet();
        Assert.Equal(allowed.Order(), seen.Order());
    }
}
