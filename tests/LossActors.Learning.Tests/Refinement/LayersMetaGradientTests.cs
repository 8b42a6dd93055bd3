using System.Collections.Immutable;
using LossActors.Evolution.Randomness;
using LossActors.Expressions;
using LossActors.Learning.Native;
using LossActors.Learning.Networks;
using LossActors.Learning.Networks.Layers;
using LossActors.Learning.Protocols;
using LossActors.Learning.Refinement;
using LossActors.Learning.Tests.Support;
using LossActors.Learning.Training;
using Xunit;
using static TorchSharp.torch;

namespace LossActors.Learning.Tests.Refinement;

/// <summary>Meta-gradients of networks of layers against double backward.</summary>
public sealed class LayersMetaGradientTests
{
    private static readonly ImmutableDictionary<string, SequentialNetwork> s_networks = new SequentialNetwork[]
    {
        new LeNet5(1, 17, 16, 4),
        new("made-up", [1, 17, 16],
        [
            new ConvolutionLayer(3, 3), new ActivationLayer(Activation.Relu), new AveragePoolingLayer(3), new ConvolutionLayer(5, 2), new ActivationLayer(Activation.Tanh),
            new FlattenLayer(), new DenseLayer(7), new ActivationLayer(Activation.Relu), new DenseLayer(4),
        ]),
    }.ToImmutableDictionary(network => network.Name);

    private static readonly ImmutableArray<Expression> s_losses =
    [
        Expression.Parse("mul(-0.9, mul(y, 1.1*log(0.8*f)))"),
        Expression.Parse("add(tanh(0.7*sub(y, 1.2*f)), div(square(sub(y, f)), 0.5*add(y, sqrt(f))))"),
    ];

    private static readonly TrainingSettings s_training = new()
    {
        LearningRate = 0.1, Momentum = 0.9, Nesterov = true, WeightDecay = 0.01, Milestones = [2], Decay = 0.7,
    };

    public static TheoryData<string, int> Cases { get; } = new(
        from name in s_networks.Keys.Order()
        from steps in new[] { 1, 4 }
        select new TheoryDataRow<string, int>(name, steps));

    [Theory]
    [MemberData(nameof(Cases))]
    public void EveryLossGetsTheMetaGradientOfDoubleBackward(string name, int steps)
    {
        using var problem = new Problem(s_networks[name], steps, ScalarType.Float64);

        var compiled = problem.Compute(s_losses);

        for (var i = 0; i < s_losses.Length; i++)
        {
            AssertEqual(problem.DoubleBackward(s_losses[i]), compiled[i], 1e-10);
        }
    }

    [Fact]
    public void SoItIsUnderRandomTrees()
    {
        using var problem = new Problem(s_networks["lenet5"], 1, ScalarType.Float64);
        var compared = 0;

        // Autograd ends the process where it is asked for the gradient of a loss that never reads f.
        foreach (var tree in Enumerable.Range(0, 40).Select(number => RandomTrees.Make((ulong)number)).Where(tree => tree.Any(node => node.Primitive == Primitive.F)))
        {
            var expected = problem.DoubleBackward(tree);
            var compiled = problem.Compute([tree])[0];
            Assert.Equal(expected.IsFinite, compiled.IsFinite);
            if (expected.IsFinite)
            {
                AssertEqual(expected, compiled, 1e-9);
                compared++;
            }
        }

        Assert.InRange(compared, 20, 40);
    }

    // Errors of single cases are a matter of luck, their mean square is not.
    [Theory]
    [MemberData(nameof(Cases))]
    public void InSinglePrecisionTheErrorIsAtMostFourTimesThatOfDoubleBackward(string name, int steps)
    {
        double own = 0, backward = 0;
        for (var seed = 1UL; seed <= 6; seed++)
        {
            using var exact = new Problem(s_networks[name], steps, ScalarType.Float64, seed);
            using var single = new Problem(s_networks[name], steps, ScalarType.Float32, seed);
            var compiled = single.Compute(s_losses);
            for (var i = 0; i < s_losses.Length; i++)
            {
                var truth = exact.DoubleBackward(s_losses[i]);
                own += SquaredError(compiled[i], truth);
                backward += SquaredError(single.DoubleBackward(s_losses[i]), truth);
            }
        }

        Assert.InRange(Math.Sqrt(own / backward), 0, 4);
    }

    [Fact]
    public void NoTensorIsLeftBehindAndTheSecondTimeGivesTheSameBits()
    {
        Torch.Ensure();
        var before = Tensor.TotalCount;
        using (var problem = new Problem(s_networks["lenet5"], 2, ScalarType.Float32))
        {
            Assert.Equal(problem.Compute(s_losses)[1].Gradient, problem.Compute(s_losses)[1].Gradient);
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    private static void AssertEqual(MetaGradient expected, MetaGradient actual, double tolerance)
    {
        Assert.Equal(expected.TaskLoss, actual.TaskLoss, tolerance);

        // A gradient of 0 comes out as some 1e-18 on either path.
        var largest = Math.Max(1e-6, expected.Gradient.Max(Math.Abs));
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
        private readonly SequentialNetwork _network;
        private readonly float[][] _initial;
        private readonly List<(Tensor Inputs, Tensor Targets)> _inner;
        private readonly (Tensor Inputs, Tensor Targets) _outer;
        private readonly ScalarType _type;

        public Problem(SequentialNetwork network, int steps, ScalarType type, ulong seed = 1)
        {
            TorchThreads.Set(1);
            _task = Tasks.Make(TaskKind.Classification, 4, doublePrecision: type == ScalarType.Float64, shape: [1, 17, 16]);
            _scope = NewDisposeScope();
            (_network, _type) = (network, type);
            _initial = network.Initialise(RandomStream.For(seed, 2, 3, Purpose.Weights));
            _inner = [.. Enumerable.Range(0, steps).Select(i => (_task.Training.Inputs.roll(7 * i, 0)[..30], _task.Training.Targets.roll(7 * i, 0)[..30]))];
            _outer = (_task.Validation.Inputs, _task.Validation.Targets);
        }

        public IReadOnlyList<MetaGradient> Compute(IReadOnlyList<Expression> losses)
        {
            var unrolling = new Unrolling(_network, _task.Shape.Link, losses, s_training, 30, 60, RefinementObjective.TaskLoss);
            using var source = MetaGradientSources.Create(unrolling, _inner.Count, _type, CPU, TrainingPath.Compiled);
            return source.Compute(_initial, _inner, _outer, [.. losses.Select(loss => loss.Weights.ToArray())]);
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
    }
}
