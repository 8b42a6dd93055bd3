using System.Collections.Immutable;
using LossActors.Expressions;
using LossActors.Learning.Networks;
using LossActors.Learning.Refinement;
using LossActors.Learning.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace LossActors.Learning.Tests.Refinement;

public sealed class MetaGradientTests
{
    private static readonly ImmutableArray<Expression> s_losses =
    [
        Expression.Parse("mul(-0.9, mul(y, 1.1*log(0.8*f)))"),
        Expression.Parse("square(sub(0.7*y, 1.2*f))"),
        Expression.Parse("add(tanh(0.7*sub(y, 1.2*f)), div(square(sub(y, f)), 0.5*add(y, sqrt(f))))"),
    ];

    // Hidden widths below and above the batch sizes: layers write their step out, or keep it in low rank.
    public static TheoryData<int, int[], Activation, int> Networks { get; } = new(
        from steps in new[] { 1, 5 }
        from hidden in new int[][] { [], [7, 6], [70, 90], [9, 80, 5] }
        from activation in new[] { Activation.Relu, Activation.Tanh }
        from features in new[] { 5, 60 }
        select new TheoryDataRow<int, int[], Activation, int>(steps, hidden, activation, features));

    [Theory]
    [MemberData(nameof(Networks))]
    public void EveryMemberOfACohortGetsTheMetaGradientOfDoubleBackward(int steps, int[] hidden, Activation activation, int features)
    {
        using var problem = new MetaProblem(Dense(features, hidden, activation), [features], steps, ScalarType.Float64);

        var cohort = problem.Compute(s_losses);

        for (var i = 0; i < cohort.Count; i++)
        {
            var expected = problem.DoubleBackward(s_losses[i]);
            Assert.Equal(expected.TaskLoss, cohort[i].TaskLoss, 1e-12);
            AssertEqual(expected, cohort[i], 1e-10);
        }
    }

    // Rounding alone: a product's terms may be added in another order, which moves the last digits (double: 1e-16 each) and no more.
    [Theory]
    [MemberData(nameof(Networks))]
    public void AMemberGetsWhatItWouldHaveGotAloneWhateverBefallsTheOthers(int steps, int[] hidden, Activation activation, int features)
    {
        using var problem = new MetaProblem(Dense(features, hidden, activation), [features], steps, ScalarType.Float64);
        var explodes = Expression.Parse("square(square(square(square(square(square(1e30*sub(y, f)))))))");

        var cohort = problem.Compute([s_losses[0], explodes, s_losses[2]]);

        Assert.False(cohort[1].IsFinite);
        AssertEqual(problem.Compute([s_losses[0]])[0], cohort[0], 1e-12);
        AssertEqual(problem.Compute([s_losses[2]])[0], cohort[2], 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void ACohortOfOneIsTheSameToTheLastBitEveryTime(int steps)
    {
        using var problem = new MetaProblem(Dense(60, [70, 9], Activation.Relu), [60], steps, ScalarType.Float32);

        var (a, b) = (problem.Compute([s_losses[2]])[0], problem.Compute([s_losses[2]])[0]);

        Assert.Equal(a.TaskLoss, b.TaskLoss);
        Assert.Equal(a.Gradient, b.Gradient);
    }

    // Errors of single cases are a matter of luck, their mean square is not.
    [Theory]
    [InlineData(1, new int[0])]
    [InlineData(1, new[] { 7, 6 })]
    [InlineData(1, new[] { 200, 150 })]
    [InlineData(4, new[] { 20, 10 })]
    public void InSinglePrecisionTheErrorIsAtMostFourTimesThatOfDoubleBackward(int steps, int[] hidden)
    {
        double own = 0, backward = 0;
        for (var seed = 1UL; seed <= 8; seed++)
        {
            using var exact = new MetaProblem(Dense(60, hidden, Activation.Tanh), [60], steps, ScalarType.Float64, seed);
            using var single = new MetaProblem(Dense(60, hidden, Activation.Tanh), [60], steps, ScalarType.Float32, seed);
            var cohort = single.Compute(s_losses);
            for (var i = 0; i < s_losses.Length; i++)
            {
                var truth = exact.DoubleBackward(s_losses[i]);
                own += MetaProblem.SquaredError(cohort[i], truth);
                backward += MetaProblem.SquaredError(single.DoubleBackward(s_losses[i]), truth);
            }
        }

        Assert.InRange(Math.Sqrt(own / backward), 0, 4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void WeightsThatDoNotFitIntoMemoryAreComputedAgainFromCheckpoints(int kept)
    {
        using var problem = new MetaProblem(Dense(5, [7, 6], Activation.Tanh), [5], 11, ScalarType.Float64);

        var all = problem.ManySteps(s_losses, int.MaxValue);
        var few = problem.ManySteps(s_losses, kept);

        Assert.All(all.Zip(few), pair => Assert.Equal(pair.First.Gradient, pair.Second.Gradient));
    }

    [Fact]
    public void CohortsGetSmallerAsTheirTrajectoriesGetLonger()
    {
        var small = new DenseNetwork([64, 64, 64, 10], Activation.Relu);
        var wide = new DenseNetwork([784, 1000, 1000, 10], Activation.Relu);

        Assert.Equal(32, MetaGradientSources.CohortSize(small, 1, 128, 128, ScalarType.Float32));
        Assert.InRange(MetaGradientSources.CohortSize(small, 150, 128, 1000, ScalarType.Float32), 2, 8);
        Assert.Equal(32, MetaGradientSources.CohortSize(new DenseNetwork([64, 10], Activation.Relu), 150, 128, 128, ScalarType.Float32));
        Assert.InRange(MetaGradientSources.CohortSize(new DenseNetwork([64, 10], Activation.Relu), 10_000, 128, 128, ScalarType.Float32), 2, 8);
        Assert.Equal(1, MetaGradientSources.CohortSize(wide, 150, 128, 128, ScalarType.Float32));
        Assert.Equal(1, MetaGradientSources.CohortSize(new LeNet5(1, 28, 28, 10), 1, 128, 128, ScalarType.Float32));
    }

    private static void AssertEqual(MetaGradient expected, MetaGradient actual, double tolerance)
    {
        var largest = expected.Gradient.Max(Math.Abs);
        Assert.NotEqual(0, largest);
        Assert.All(expected.Gradient.Zip(actual.Gradient), pair => Assert.Equal(pair.First / largest, pair.Second / largest, tolerance));
    }

    private static DenseNetwork Dense(int features, int[] hidden, Activation activation) => new([features, .. hidden, 4], activation);
}
