using System.Collections.Immutable;
using LossActors.Evolution.Randomness;
using LossActors.Learning.Native;
using LossActors.Learning.Networks;
using LossActors.Learning.Networks.Layers;
using LossActors.Learning.Tests.Support;
using LossActors.Learning.Training;
using LossActors.Learning.Training.Layers;
using Xunit;
using static TorchSharp.torch;

namespace LossActors.Learning.Tests.Training.Layers;

public sealed class SequentialBackpropagationTests
{
    private static readonly ActivationLayer s_tanh = new(Activation.Tanh);
    private static readonly ActivationLayer s_relu = new(Activation.Relu);
    private static readonly FlattenLayer s_flatten = new();

    // Odd and even channels, kernels below and above a register tile's five rows, edges that pooling drops, layers without parameters before the first that has some.
    private static readonly ImmutableDictionary<string, SequentialNetwork> s_networks = new SequentialNetwork[]
    {
        new LeNet5(1, 28, 28, 10),
        new LeNet5(3, 17, 20, 4),
        new("odd", [1, 9, 11], [new ConvolutionLayer(3, 3), s_relu, new AveragePoolingLayer(3), new ConvolutionLayer(5, 2), s_tanh, s_flatten, new DenseLayer(3)]),
        new("deep", [2, 12, 10], [new ConvolutionLayer(7, 3), s_tanh, new ConvolutionLayer(3, 4), s_relu, new ConvolutionLayer(2, 1), s_flatten, new DenseLayer(6), s_relu, new DenseLayer(2)]),
        new("late", [1, 8, 8], [s_tanh, new AveragePoolingLayer(2), s_relu, new ConvolutionLayer(4, 3), s_tanh, s_flatten, new DenseLayer(2)]),
        new("flat", [2, 3, 3], [s_flatten, s_tanh, new DenseLayer(5), s_tanh, new DenseLayer(3)]),
        new("dense", [9], [new DenseLayer(6), s_relu, new DenseLayer(1)]),
        new("large kernel", [1, 8, 9], [new ConvolutionLayer(2, 8), s_tanh, s_flatten]),
    }.ToImmutableDictionary(n => n.Name + n.Shapes[0][0]);

    public static TheoryData<string, int> Cases { get; } = new(
        from name in s_networks.Keys.Order()
        from batch in new[] { 1, 32, 77 }
        select new TheoryDataRow<string, int>(name, batch));

    public static TheoryData<string> Names { get; } = [.. s_networks.Keys.Order()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void LogitsAndGradientAreThoseOfAutograd(string name, int batch)
    {
        using var problem = new Problem(s_networks[name], batch);
        using var byHand = problem.Ready(new SequentialBackpropagation<double>(problem.Network, batch));
        using var plain = problem.Ready(new AutogradBackpropagation<double>(problem.Network));

        // Twice with different inputs: nothing of a step may be left in the next.
        foreach (var inputs in new[] { problem.Inputs * 3, problem.Inputs })
        {
            AssertClose(plain.Forward(inputs), byHand.Forward(inputs));
            plain.Backward(problem.LogitsGradient);
            byHand.Backward(problem.LogitsGradient);
            AssertClose(plain.Gradient, byHand.Gradient);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void InFloatTheErrorIsAtMostFourTimesThatOfAutograd(string name)
    {
        const int batch = 77;
        using var problem = new Problem(s_networks[name], batch);
        using var exact = problem.Ready(new AutogradBackpropagation<double>(problem.Network));
        using var byHand = problem.Ready(new SequentialBackpropagation<float>(problem.Network, batch));
        using var plain = problem.Ready(new AutogradBackpropagation<float>(problem.Network));
        using var inputs = problem.Inputs.to(ScalarType.Float32);
        float[] outer = [.. problem.LogitsGradient.Select(g => (float)g)];

        var logits = exact.Forward(problem.Inputs).ToArray();
        Assert.InRange(Error(logits, byHand.Forward(inputs)), 0, 4 * Error(logits, plain.Forward(inputs)));
        exact.Backward(problem.LogitsGradient);
        byHand.Backward(outer);
        plain.Backward(outer);
        Assert.InRange(Error(exact.Gradient, byHand.Gradient), 0, 4 * Error(exact.Gradient, plain.Gradient));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheTangentIsTheTransposeOfTheBackwardPass(string name, int batch)
    {
        using var problem = new Problem(s_networks[name], batch);
        using var network = problem.Ready(new SequentialBackpropagation<double>(problem.Network, batch));
        var direction = Problem.Draw(network.Weights.Length, 5);

        network.Forward(problem.Inputs);
        network.Backward(problem.LogitsGradient);
        var tangent = network.Along(direction).ToArray();

        // g · (J v) = (Jᵀ g) · v.
        var expected = network.Gradient.ToArray().Zip(direction, (a, b) => a * b).ToArray();
        Assert.Equal(expected.Sum(), tangent.Zip(problem.LogitsGradient, (a, b) => a * b).Sum(), 1e-12 * expected.Sum(Math.Abs));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TangentsOfLogitsAndGradientAreTheirSlopes(string name)
    {
        const double shift = 1e-6;
        using var problem = new Problem(s_networks[name], 19);
        using var network = problem.Ready(new SequentialBackpropagation<double>(problem.Network, 19, curves: true));
        var (start, direction) = (network.Weights.ToArray(), Problem.Draw(network.Weights.Length, 5));
        var outerTangent = Problem.Draw(problem.LogitsGradient.Length, 6);
        var product = new double[start.Length];

        // Twice: the second pass must find nothing of the first.
        for (var pass = 0; pass < 2; pass++)
        {
            network.Forward(problem.Inputs);
            network.Along(direction);
            network.Curve(problem.LogitsGradient, outerTangent, product);
        }

        var tangent = network.Along(direction).ToArray();
        var (after, before) = (At(shift), At(-shift));
        AssertSlope(tangent, after.Logits, before.Logits);
        AssertSlope(product, after.Gradient, before.Gradient);

        (double[] Logits, double[] Gradient) At(double step)
        {
            for (var i = 0; i < start.Length; i++)
            {
                network.Weights[i] = start[i] + (step * direction[i]);
            }

            var logits = network.Forward(problem.Inputs).ToArray();
            network.Backward([.. problem.LogitsGradient.Zip(outerTangent, (g, t) => g + (step * t))]);
            return (logits, network.Gradient.ToArray());
        }

        static void AssertSlope(double[] tangent, double[] after, double[] before)
        {
            var largest = tangent.Max(Math.Abs);
            Assert.All(tangent.Select((t, i) => (t, (after[i] - before[i]) / (2 * shift))), pair => Assert.Equal(pair.Item2, pair.t, 1e-6 * largest));
        }
    }

    [Fact]
    public void TwoNetworksComputeTheSameToTheLastBit()
    {
        using var problem = new Problem(s_networks["lenet51"], 50);
        using var inputs = problem.Inputs.to(ScalarType.Float32);
        float[] outer = [.. problem.LogitsGradient.Select(g => (float)g)];

        Assert.Equal(Gradient(), Gradient());
        float[] Gradient()
        {
            using var network = problem.Ready(new SequentialBackpropagation<float>(problem.Network, 50));
            network.Forward(inputs);
            network.Backward(outer);
            return network.Gradient.ToArray();
        }
    }

    [Fact]
    public void ABatchMayBeAnyViewOfItsNumbersButNotOfAnotherSizeOrPrecision()
    {
        using var problem = new Problem(s_networks["odd1"], 12);
        using var network = problem.Ready(new SequentialBackpropagation<double>(problem.Network, 12));
        using var scope = NewDisposeScope();
        var expected = network.Forward(problem.Inputs).ToArray();

        Assert.Equal(expected, network.Forward(cat([problem.Inputs[..5], problem.Inputs])[5..]).ToArray());
        Assert.Equal(expected, network.Forward(problem.Inputs.t().contiguous().t()).ToArray());
        Assert.Throws<ArgumentException>(() => network.Forward(problem.Inputs[..11]).Length);
        Assert.Throws<ArgumentException>(() => network.Forward(problem.Inputs.to(ScalarType.Float32)).Length);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void AWeightThatIsNoNumberIsNotHidden(double weight)
    {
        using var problem = new Problem(s_networks["deep2"], 3);
        using var network = problem.Ready(new SequentialBackpropagation<double>(problem.Network, 3));
        network.Weights.Fill(weight);

        Assert.Contains(network.Forward(problem.Inputs).ToArray(), z => !double.IsFinite(z));
    }

    [Fact]
    public void AStepLeavesNoTensorBehindAndAllocatesNextToNothing()
    {
        Torch.Ensure();
        var before = LiveTensors.Settled();
        using (var problem = new Problem(s_networks["lenet51"], 40))
        using (var network = problem.Ready(new SequentialBackpropagation<double>(problem.Network, 40, curves: true)))
        {
            var (direction, product) = (Problem.Draw(network.Weights.Length, 5), new double[network.Weights.Length]);
            Step();
            var (tensors, bytes) = (Tensor.TotalCount, GC.GetAllocatedBytesForCurrentThread());
            for (var i = 0; i < 10; i++)
            {
                Step();
            }

            Assert.Equal(tensors, Tensor.TotalCount);

            // The wrappers of a dozen products, for each of the ten steps.
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - bytes, 0, 10 * 16_384);
            void Step()
            {
                network.Forward(problem.Inputs);
                network.Backward(problem.LogitsGradient);
                network.Along(direction);
                network.Curve(problem.LogitsGradient, problem.LogitsGradient, product);
            }
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void LayersThatDoNotFitAreRefusedInOneLine()
    {
        Assert.Contains("flatten", Refusal([new ConvolutionLayer(2, 3), new DenseLayer(2)]), StringComparison.Ordinal);
        Assert.Contains("9×9", Refusal([new ConvolutionLayer(2, 9), s_flatten]), StringComparison.Ordinal);
        Assert.Contains("9×9", Refusal([new AveragePoolingLayer(9), s_flatten]), StringComparison.Ordinal);
        Assert.Contains("features", Refusal([new ConvolutionLayer(2, 3)]), StringComparison.Ordinal);

        static string Refusal(ImmutableArray<Layer> layers) =>
            Assert.Throws<NetworkException>(() => new SequentialNetwork("made-up", [1, 8, 8], layers)).Message;
    }

    private static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var largest = expected.ToArray().Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-13 * largest);
        }
    }

    private static double Error(ReadOnlySpan<double> exact, ReadOnlySpan<float> rounded)
    {
        var total = 0.0;
        for (var i = 0; i < exact.Length; i++)
        {
            total += Math.Pow(exact[i] - rounded[i], 2);
        }

        return Math.Sqrt(total);
    }

    /// <summary>A batch, an outer gradient and weights, all representable in float.</summary>
    private sealed class Problem : IDisposable
    {
        private readonly float[][] _initial;

        public Problem(SequentialNetwork network, int batch)
        {
            Torch.Ensure();
            TorchThreads.Set(1);
            Network = network;
            var features = network.Shapes[0].Aggregate(1, (product, size) => product * size);
            Inputs = tensor(Draw(batch * features, 1), [batch, features]).DetachFromDisposeScope();
            LogitsGradient = Draw(batch * network.Outputs, 2);
            _initial = network.Initialise(RandomStream.For(1, 2, 3, Purpose.Weights));
            foreach (var bias in _initial.Where((_, i) => network.ParameterShapes[i].Length == 1))
            {
                Draw(bias.Length, 3).Select(b => 0.1f * (float)b).ToArray().CopyTo(bias, 0);
            }
        }

        public SequentialNetwork Network { get; }

        public Tensor Inputs { get; }

        public double[] LogitsGradient { get; }

        public TNetwork Ready<TNetwork>(TNetwork network)
        {
            if (network is IBackpropagation<double> exact)
            {
                Backpropagation.Load(exact.Weights, _initial);
            }
            else if (network is IBackpropagation<float> rounded)
            {
                Backpropagation.Load(rounded.Weights, _initial);
            }

            return network;
        }

        public static double[] Draw(int count, ulong number)
        {
            var stream = RandomStream.For(23, number, 0, Purpose.Batches);
            return [.. Enumerable.Range(0, count).Select(_ => (double)(float)stream.NextNormal())];
        }

        public void Dispose() => Inputs.Dispose();
    }
}
