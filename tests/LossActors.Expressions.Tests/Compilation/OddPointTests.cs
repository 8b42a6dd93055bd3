using LossActors.Expressions.Compilation;
using Xunit;

namespace LossActors.Expressions.Tests.Compilation;

/// <summary>Ties, zeros, clamps, infinities and NaN, as PyTorch 1.13 computes them (torch.sign, torch.abs, torch.clamp, torch.maximum and their backward formulas).</summary>
public sealed class OddPointTests
{
    private const double NaN = double.NaN;
    private const double Inf = double.PositiveInfinity;

    [Theory]
    [InlineData("abs(f)", new[] { NaN, 0, Inf, -Inf, -2 }, new[] { NaN, 0, Inf, Inf, 2 }, new[] { 0, 0, 1.0, -1, -1 })]
    [InlineData("sign(f)", new[] { NaN, 0, Inf, -Inf, 1e-300 }, new[] { 0, 0, 1.0, -1, 1 }, new[] { 0, 0, 0, 0, 0.0 })]
    [InlineData("square(f)", new[] { NaN, 0, Inf, -Inf, 3 }, new[] { NaN, 0, Inf, Inf, 9 }, new[] { NaN, 0, Inf, -Inf, 6 })]
    [InlineData("tanh(f)", new[] { NaN, 0, Inf, -Inf, 1e-12 }, new[] { NaN, 0, 1, -1, 1e-12 }, new[] { NaN, 1, 0, 0, 1 })]
    [InlineData("log(f)", new[] { NaN, 0, Inf, 1e-7, -1e-7, 5e-8 }, new[] { NaN, LogClamp, Inf, LogClamp, LogClamp, LogClamp }, new[] { 0, 0, 0, 1e7, -1e7, 0 })]
    [InlineData("sqrt(f)", new[] { NaN, 0, Inf, 1e-7, -1e-7, 5e-8 }, new[] { NaN, RootClamp, Inf, RootClamp, RootClamp, RootClamp }, new[] { 0, 0, 0, 1581.1388300841895, -1581.1388300841895, 0 })]
    [InlineData("max(f, 1)", new[] { NaN, 1, 2, 0, Inf }, new[] { NaN, 1, 2, 1, Inf }, new[] { 1, 0.5, 1, 0, 1 })]
    [InlineData("min(f, 1)", new[] { NaN, 1, 2, 0, -Inf }, new[] { NaN, 1, 1, 0, -Inf }, new[] { 1, 0.5, 0, 1, 1 })]
    [InlineData("max(f, f)", new[] { NaN, 1.0 }, new[] { NaN, 1.0 }, new[] { 2.0, 1.0 })]
    [InlineData("1 / f", new[] { NaN, 0, 1e200 }, new[] { NaN, 1, 0 }, new[] { NaN, 0, 0 })]
    [InlineData("0*f + square(1e200*f)", new[] { 1.0 }, new[] { Inf }, new[] { Inf })]
    [InlineData("mul(0*f, square(1e200*f))", new[] { 1.0 }, new[] { NaN }, new[] { NaN })]
    public void ValueAndSlopeAreThoseOfPyTorch(string text, double[] f, double[] value, double[] dF)
    {
        var actual = LossKernel.PointDerivatives(Expression.Parse(text), new double[f.Length], f);
        Assert.Equal(value, actual.Value, Same);
        Assert.Equal(dF, actual.DF, Same);
    }

    // Below a clamp there is no curvature; at a tie half of each argument's.
    [Theory]
    [InlineData("log(1*f)", new[] { 1e-7, 5e-8, 0, 2 }, new[] { 0, 0, 0, 0.0 })]
    [InlineData("square(log(f))", new[] { 1.0, 5e-8, 0 }, new[] { 2, 0, 0.0 })]
    [InlineData("max(square(f), f)", new[] { 1.0, 2, 0.5 }, new[] { 0.5, 0, 1 })]
    public void MixedDerivativesOfTheLastTerminalFollowTheRules(string text, double[] f, double[] expected)
    {
        var tree = Expression.Parse(text);
        var actual = LossKernel.PointDerivatives(tree, new double[f.Length], f);
        Assert.Equal(expected, actual.D2FW.Select(row => row[^1]).ToArray(), Same);
    }

    private const double LogClamp = -16.11809565095832;
    private const double RootClamp = 0.00031622776601683794;

    private static bool Same(double[] a, double[] b) =>
        a.Length == b.Length && a.Zip(b).All(pair => double.IsFinite(pair.First) ? Math.Abs(pair.First - pair.Second) <= 1e-9 * Math.Max(1, Math.Abs(pair.First)) : pair.First.Equals(pair.Second));
}
