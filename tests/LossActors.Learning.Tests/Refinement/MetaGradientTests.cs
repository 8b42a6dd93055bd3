using System.Collections.Immutable;
using LossActors.Evolution.Randomness;
using LossActors.Expressions;
using LossActors.Learning.Native;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using LossActors.Learning.Refinement;
using LossActors.Learning.Tests.Support;
using LossActors.Learning.Training;
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

    private static readonly TrainingSettings s_training = new()
    {
        LearningRate = 0.1, Momentum = 0.9, Nesterov = true, WeightDecay = 0.01, Milestones = [2, 4], Decay = 0.7,
    };

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
        using var problem = new Problem(features, hidden, activation, steps, ScalarType.Float64);

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
        using var problem = new Problem(features, hidden, activation, steps, ScalarType.Float64);
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
        using var problem = new Problem(60, [70, 9], Activation.Relu, steps, ScalarType.Float32);

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
            using var exact = new Problem(60, hidden, Activation.Tanh, steps, ScalarType.Float64, seed);
            using var single = new Problem(60, hidden, Activation.Tanh, steps, ScalarType.Float32, seed);
            var cohort = single.Compute(s_losses);
            for (var i = 0; i < s_losses.Length; i++)
            {
                var truth = exact.DoubleBackward(s_losses[i]);
                own += SquaredError(cohort[i], truth);
                backward += SquaredError(single.DoubleBackward(s_losses[i]), truth);
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
        using var problem = new Problem(5, [7, 6], Activation.Tanh, 11, ScalarType.Float64);

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

    private static double SquaredError(MetaGradient meta, MetaGradient truth)
    {
        var largest = truth.Gradient.Max(Math.Abs);
        return meta.Gradient.Zip(truth.Gradient, (a, b) => Math.Pow((a - b) / largest, 2)).Sum();
    }

    private sealed class Problem : IDisposable
    {
        private readonly LearningTask _task;
        private readonly TorchSharp.DisposeScope _scope;
        private readonly DenseNetwork _network;
        private readonly float[][] _initial;
        private readonly List<(Tensor Inputs, Tensor Targets)> _inner;
        private readonly (Tensor Inputs, Tensor Targets) _outer;
        private readonly ScalarType _type;

        public Problem(int features, int[] hidden, Activation activation, int steps, ScalarType type, ulong seed = 1)
        {
            TorchThreads.Set(1);
            _task = Tasks.Make(TaskKind.Classification, 4, doublePrecision: type == ScalarType.Float64, shape: [features]);
            _scope = NewDisposeScope();
            _type = type;
            _network = new DenseNetwork([features, .. hidden, 4], activation);
            _initial = _network.Initialise(RandomStream.For(seed, 2, 3, Purpose.Weights));
            _inner = [.. Enumerable.Range(0, steps).Select(i => (_task.Training.Inputs.roll(7 * i, 0)[..30], _task.Training.Targets.roll(7 * i, 0)[..30]))];
            _outer = (_task.Validation.Inputs, _task.Validation.Targets);
        }

        public IReadOnlyList<MetaGradient> Compute(IReadOnlyList<Expression> losses)
        {
            using var source = MetaGradientSources.Create(Unrolling(losses), _inner.Count, _type, CPU);
            return source.Compute(_initial, _inner, _outer, Coefficients(losses));
        }

        public IReadOnlyList<MetaGradient> ManySteps(IReadOnlyList<Expression> losses, int kept)
        {
            using var source = new CompiledMetaGradient<double>(
                Unrolling(losses),
                new DenseBackpropagation<double>(_network, 30, losses.Count),
                new DenseBackpropagation<double>(_network, 60, losses.Count),
                kept);
            return source.Compute(_initial, _inner, _outer, Coefficients(losses));
        }

        public MetaGradient DoubleBackward(Expression loss)
        {
            using var source = new UnrolledMetaGradient(_network, _task.Shape.Link, loss, s_training, _type, CPU);
            return source.Compute(_initial, _inner, _outer, loss.Weights.AsSpan());
        }

        public void Dispose()
        {
            _scope.Dispose();
            _task.Dispose();
        }

        private static List<double[]> Coefficients(IReadOnlyList<Expression> losses) => [.. losses.Select(loss => loss.Weights.ToArray())];

        private Unrolling Unrolling(IReadOnlyList<Expression> losses) =>
            new(_network, _task.Shape.Link, losses, s_training, 30, 60, RefinementObjective.TaskLoss);
    }
}
