using LossActors.Expressions.Canonical;
using Xunit;

namespace LossActors.Expressions.Tests.Canonical;

public sealed class ExpressionKeyTests
{
    // Pinned: journals and ledgers hold these numbers. A change is a new format.
    // Computed by another program, with another SHA-256, from the canonical nodes.
    [Theory]
    [InlineData("mul(y, log(f))", "eba12fa08dbd6ce61eeda07f0ac40145", "c302a7b5affd34f7b4d58b90a311b52f")]
    [InlineData("square(sub(y, f))", "e74a5aadfb3827e061416c334bbc5a21", "16399ec9bf0cd19a4a14bcbe1811b7b2")]
    [InlineData("0.98*abs(log(1.25*mul(y, f)))", "8c27c1e3116701c3ce885bfbb489cd72", "0e20625fc8ae85197560dd459fe6d2de")]
    [InlineData("max(tanh(f), log(tanh(2)))", "11b013352f945d3f1193accfa7b12d4c", "c9edffd9243c32fa22664ce5c98b7364")]
    public void KeysAreTheSameForever(string text, string structure, string exact)
    {
        var expression = Expression.Parse(text);
        Assert.Equal(structure, ExpressionKey.Structure(expression).ToString());
        Assert.Equal(exact, ExpressionKey.Exact(expression).ToString());
    }

    [Fact]
    public void TheStructureKeyIgnoresSizesOfCoefficients()
    {
        var a = Expression.Parse("mul(y, log(1.5*f))");
        var b = Expression.Parse("log(0.7*f) * y");
        Assert.Equal(ExpressionKey.Structure(a), ExpressionKey.Structure(b));
        Assert.NotEqual(ExpressionKey.Exact(a), ExpressionKey.Exact(b));
    }

    [Fact]
    public void TheStructureKeyTellsDifferencesFromSums() =>
        Assert.NotEqual(ExpressionKey.Structure(Expression.Parse("square(y - f)")), ExpressionKey.Structure(Expression.Parse("square(y + f)")));

    [Fact]
    public void OneKeyForAllWritingsOfALoss() =>
        Assert.Equal(ExpressionKey.Exact(Expression.Parse("square(f - y)")), ExpressionKey.Exact(Expression.Parse("square(abs(y - f))")));

    [Fact]
    public void AKeyIsReadBack()
    {
        var key = ExpressionKey.Exact(Expression.Parse("y * f"));
        Assert.Equal(key, ExpressionKey.Parse(key.ToString()));
        Assert.Equal(32, new ExpressionKey(7).ToString().Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("zz000000000000000000000000000000")]
    public void WhatIsNoKeyIsRefused(string text) => Assert.Throws<FormatException>(() => ExpressionKey.Parse(text));
}
