using LossActors.Cli.Output;
using LossActors.Expressions;
using Xunit;

namespace LossActors.Cli.Tests;

public sealed class LossTextTests
{
    [Theory]
    [InlineData("square(add(y, -1*f))", "square(y - f)")]
    [InlineData("square(add(-1.23456*f, y))", "square(y - 1.235*f)")]
    [InlineData("add(-1*y, -2*f)", "-y - 2*f")]
    [InlineData("add(mul(y, f), -1*1)", "y * f - 1")]
    [InlineData("log(add(1, mul(f, y)))", "log(1 + f * y)")]
    public void NegativeTermsReadAsDifferences(string exact, string shown) =>
        Assert.Equal(shown, LossText.Short(Expression.Parse(exact)));
}
