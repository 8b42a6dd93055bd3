using LossActors.Evolution.Randomness;
using LossActors.Learning.Losses;
using LossActors.Learning.Losses.Neural;
using LossActors.Learning.Native;
using Xunit;
using static TorchSharp.torch;

namespace LossActors.Learning.Tests.Losses.Neural;

public sealed class NeuralLossTests
{
    private const int Batch = 7;

    [Fact]
    public void ItHasTheParametersOfThePublishedNetworkAndAStreamOfItsOwnForEachStart()
    {
        var (a, again, b) = (Start(1), Start(1), Start(2));

        Assert.Equal(2751, a.Parameters.Length);
        Assert.Equal(a, again);
        Assert.NotEqual(a, b);
        Assert.All(a.Parameters[..150], p => Assert.InRange(Math.Abs(p), 0, 1 / Math.Sqrt(2)));
        Assert.All(a.Parameters[150..], p => Assert.InRange(Math.Abs(p), 0, 1 / Math.Sqrt(50)));
        Assert.Contains(a.Parameters[..150], p => Math.Abs(p) > 0.5);
    }

    [Fact]
    public void AnotherNumberOfParametersIsRefused() =>
        Assert.StartsWith("2750 parameters for a neural loss, which has 2751.", Assert.Throws<ArgumentException>(() => new NeuralLoss([.. new double[2750]])).Message);

    [Theory]
    [InlineData(Link.Softmax, 4)]
    [InlineData(Link.Logistic, 1)]
    [InlineData(Link.Identity, 2)]
    public void ValueAndGradientAreAutogradsOwnAndThoseOfFiniteDifferences(Link link, int outputs)
    {
        Torch.Ensure();
        using var scope = NewDisposeScope();
        var function = LossFunction.Of(Start(3));
        var (logits, targets) = Entries(link, outputs);
        var gradient = new double[logits.Length];

        var loss = LogitLosses.Create<double>(function, link, outputs).Differentiate(logits, targets, gradient);

        using var plain = new TensorLoss(function, link, ScalarType.Float64, CPU);
        var z = tensor(logits, [Batch, outputs]).requires_grad_(true);
        var expected = plain.Evaluate(z, tensor(targets, [Batch, outputs]));
        Assert.Equal(expected.item<double>(), loss, 1e-13);
        Assert.All(autograd.grad([expected], [z])[0].data<double>().ToArray().Zip(gradient), p => Assert.Equal(p.First, p.Second, 1e-13));
        Assert.All(Enumerable.Range(0, logits.Length), i => Assert.Equal((At(i, 1e-5) - At(i, -1e-5)) / 2e-5, gradient[i], 1e-9));

        double At(int entry, double shift)
        {
            double[] moved = [.. logits];
            moved[entry] += shift;
            return LogitLosses.Create<double>(function, link, outputs).Differentiate(moved, targets, new double[logits.Length]);
        }
    }

    [Fact]
    public void AtOnePointItIsWhatTheBatchGets()
    {
        Torch.Ensure();
        using var scope = NewDisposeScope();
        var loss = Start(3);
        var (y, f) = (tensor(new[] { 1.0, 0, -2 }), tensor(new[] { 0.3, -40, 0.9 }));

        var (values, slopes) = new NeuralLayers(tensor([.. loss.Parameters])).Differentiate(y, f);

        Assert.All(Enumerable.Range(0, 3), i =>
        {
            var (value, slope) = loss.At(y[i].item<double>(), f[i].item<double>());
            Assert.Equal(values[i].item<double>(), value, 1e-8);
            Assert.Equal(slopes[i].item<double>(), slope, 1e-8);
        });
    }

    [Fact]
    public void DerivativesAlongAMotionAreThoseOfDoubleBackward()
    {
        Torch.Ensure();
        using var scope = NewDisposeScope();
        var phi = tensor([.. Start(4).Parameters]).requires_grad_(true);
        double[] numbers = [.. Enumerable.Range(0, 20).Select(i => Math.Sin(1.7 * i))];
        var f = tensor(numbers).requires_grad_(true);
        var (y, u) = (tensor(numbers.Select(v => v * v).ToArray()), tensor(numbers.Reverse().ToArray()));

        var along = new NeuralLayers(phi.detach()).DifferentiateAlong(y, f.detach(), u);

        var slopes = autograd.grad([new NeuralLayers(phi).Evaluate(y, f).sum()], [f], create_graph: true, retain_graph: true)[0];
        var second = autograd.grad([(slopes * u).sum()], [f, phi]);
        AssertEqual(slopes, along.Slopes);
        AssertEqual(second[0], along.SlopeTangents);
        AssertEqual(second[1], along.Mixed);
    }

    [Fact]
    public void ALossIsNeverNegativeAndNotANumberIsPassedOn()
    {
        Torch.Ensure();
        var loss = LogitLosses.Create<float>(LossFunction.Of(Start(5)), Link.Identity, 1);

        Assert.True(loss.Differentiate([-1e4f, 3, 1e4f], [0, 1, -1e4f], new float[3]) >= 0);
        Assert.True(float.IsNaN(loss.Differentiate([float.NaN, 0], [0, 0], new float[2])));
    }

    internal static NeuralLoss Start(ulong number) => NeuralLoss.Initialise(RandomStream.For(1, number, 0, Purpose.NeuralLoss));

    private static (double[] Logits, double[] Targets) Entries(Link link, int outputs) => (
        [.. Enumerable.Range(0, Batch * outputs).Select(i => 2 * Math.Sin(2.3 * i))],
        [.. Enumerable.Range(0, Batch * outputs).Select(i => link == Link.Identity ? Math.Cos(i) : i % 4 == i / 4 % 4 ? 1.0 : 0.0)]);

    private static void AssertEqual(Tensor expected, Tensor actual) =>
        Assert.All(expected.data<double>().ToArray().Zip(actual.data<double>().ToArray()), p => Assert.Equal(p.First, p.Second, 1e-12));
}
