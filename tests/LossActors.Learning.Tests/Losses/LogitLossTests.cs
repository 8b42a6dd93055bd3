using LossActors.Expressions;
using LossActors.Learning.Losses;
using LossActors.Learning.Native;
using Xunit;
using static TorchSharp.torch;

namespace LossActors.Learning.Tests.Losses;

public sealed class LogitLossTests
{
    private const int Batch = 7;

    public static TheoryData<Link, string?> Cases { get; } = new()
    {
        { Link.Softmax, null },
        { Link.Logistic, null },
        { Link.Identity, null },
        { Link.Softmax, "mul(-0.7, mul(y, log(1.3*f)))" },
        { Link.Logistic, "max(abs(sub(y, f)), 0.3*square(add(y, f)))" },
        { Link.Identity, "div(sub(y, f), 0.6*add(y, sqrt(f)))" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void ValueAndGradientAreAutogradsOwn(Link link, string? text)
    {
        Torch.Ensure();
        using var scope = NewDisposeScope();
        var outputs = link == Link.Softmax ? 4 : link == Link.Logistic ? 1 : 2;
        double[] logits = [.. Enumerable.Range(0, Batch * outputs).Select(i => 2 * Math.Sin(2.3 * i))];
        double[] targets = [.. Enumerable.Range(0, Batch * outputs).Select(i => link == Link.Identity ? Math.Cos(i) : i % 4 == i / 4 % 4 ? 1.0 : 0.0)];
        var function = text is null ? LossFunction.Task : LossFunction.Of(Expression.Parse(text));
        var gradient = new double[logits.Length];

        var loss = LogitLosses.Create<double>(function, link, outputs).Differentiate(logits, targets, gradient);

        var z = tensor(logits, [Batch, outputs]).requires_grad_(true);
        var y = tensor(targets, [Batch, outputs]);
        using var tensorLoss = new TensorLoss(function, link, ScalarType.Float64, CPU);
        var expected = tensorLoss.Evaluate(z, y);
        Assert.Equal(expected.item<double>(), loss, 1e-13);
        Assert.All(autograd.grad([expected], [z])[0].data<double>().ToArray().Zip(gradient), p => Assert.Equal(p.First, p.Second, 1e-13));
    }

    [Fact]
    public void CrossEntropyStaysFiniteWhereTheSoftmaxUnderflows()
    {
        var gradient = new float[3];

        var loss = LogitLosses.Create<float>(LossFunction.Task, Link.Softmax, 3).Differentiate([500, 0, -500], [0, 0, 1], gradient);

        Assert.Equal(1000, loss);
        Assert.Equal([1f, 0f, -1f], gradient);
    }

    [Theory]
    [InlineData(Link.Softmax)]
    [InlineData(Link.Logistic)]
    [InlineData(Link.Identity)]
    public void NotANumberIsPassedOn(Link link)
    {
        var gradient = new double[2];

        var loss = LogitLosses.Create<double>(LossFunction.Of(Expression.Parse("square(sub(y, f))")), link, link == Link.Softmax ? 2 : 1)
            .Differentiate([double.NaN, 0], [1, 0], gradient);

        Assert.True(double.IsNaN(loss));
        Assert.Contains(gradient, double.IsNaN);
    }

    [Fact]
    public void MismatchedShapesAreRefusedBeforeAutogradSeesThem()
    {
        Torch.Ensure();
        using var scope = NewDisposeScope();

        Assert.Throws<ArgumentException>(() => TensorLosses.Task(Link.Softmax, zeros(4, 3), zeros(4)));
    }
}
