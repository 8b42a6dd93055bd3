using System.Collections.Immutable;
using LossActors.Expressions;
using LossActors.Learning.Native;
using LossActors.Learning.Networks;
using LossActors.Learning.Networks.Layers;
using LossActors.Learning.Refinement;
using LossActors.Learning.Tests.Support;
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

    public static TheoryData<string, int> Cases { get; } = new(
        from name in s_networks.Keys.Order()
        from steps in new[] { 1, 4 }
        select new TheoryDataRow<string, int>(name, steps));

    [Theory]
    [MemberData(nameof(Cases))]
    public void EveryLossGetsTheMetaGradientOfDoubleBackward(string name, int steps)
    {
        using var problem = new MetaProblem(s_networks[name], [1, 17, 16], steps, ScalarType.Float64);

        var compiled = problem.Compute(s_losses);

        for (var i = 0; i < s_losses.Length; i++)
        {
            AssertEqual(problem.DoubleBackward(s_losses[i]), compiled[i], 1e-10);
        }
    }

    [Fact]
    public void SoItIsUnderRandomTrees()
    {
        using var problem = new MetaProblem(s_networks["lenet5"], [1, 17, 16], 1, ScalarType.Float64);
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
            using var exact = new MetaProblem(s_networks[name], [1, 17, 16], steps, ScalarType.Float64, seed);
            using var single = new MetaProblem(s_networks[name], [1, 17, 16], steps, ScalarType.Float32, seed);
            var compiled = single.Compute(s_losses);
            for (var i = 0; i < s_losses.Length; i++)
            {
                var truth = exact.DoubleBackward(s_losses[i]);
                own += MetaProblem.SquaredError(compiled[i], truth);
                backward += MetaProblem.SquaredError(single.DoubleBackward(s_losses[i]), truth);
            }
        }

        Assert.InRange(Math.Sqrt(own / backward), 0, 4);
    }

    [Fact]
    public void NoTensorIsLeftBehindAndTheSecondTimeGivesTheSameBits()
    {
        Torch.Ensure();
        var before = LiveTensors.Settled();
        using (var problem = new MetaProblem(s_networks["lenet5"], [1, 17, 16], 2, ScalarType.Float32))
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
}
