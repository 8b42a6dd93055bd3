using System.Text.Json;
using CsCheck;
using LossActors.Expressions.Printing;
using Xunit;

namespace LossActors.Expressions.Tests.Printing;

public sealed class FormatterTests
{
    [Theory]
    [InlineData("mul(0.98*log(1.2*f), y)", "mul(log(f), y)", "0.98*log(1.2*f) * y")]
    [InlineData("3*mul(-0.5*mul(y, f), f)", "mul(mul(y, f), f)", "3*(-0.5*(y * f) * f)")]
    [InlineData("sub(sub(y, f), sub(y, -1))", "sub(sub(y, f), sub(y, -1))", "y - f - (y - -1)")]
    [InlineData("mul(1, f)", "mul(1, f)", "(1) * f")]
    [InlineData("mul(-1, -1*f)", "mul(-1, f)", "(-1) * -f")]
    [InlineData("div(mul(y, f), mul(0.5*1, 1))", "div(mul(y, f), mul(1, 1))", "y * f / ((0.5) * (1))")]
    [InlineData("max(add(y, f), -1*1)", "max(add(y, f), 1)", "max(y + f, -1*1)")]
    public void FormsLookAsDocumented(string text, string function, string infix)
    {
        var expression = Expression.Parse(text);
        Assert.Equal(text, ExpressionFormatter.WeightedFunction(expression));
        Assert.Equal(function, ExpressionFormatter.Function(expression));
        Assert.Equal(infix, ExpressionFormatter.Infix(expression));
    }

    [Fact]
    public void TheWeightedFunctionFormRoundTripsBitForBit() =>
        TreeGen.Trees(6, TreeGen.AnyCoefficient).Sample(e => SameBits(e, Expression.Parse(ExpressionFormatter.WeightedFunction(e))), iter: 5_000);

    [Fact]
    public void InfixRoundTripsBitForBit() =>
        TreeGen.Trees(6, TreeGen.AnyCoefficient).Sample(e => SameBits(e, Expression.Parse(ExpressionFormatter.Infix(e))), iter: 5_000);

    [Fact]
    public void TheBareFunctionFormRoundTripsTheStructure() =>
        TreeGen.Trees(6, TreeGen.AnyCoefficient).Sample(e =>
            Expression.Parse(ExpressionFormatter.Function(e)).Select(n => n.Primitive).SequenceEqual(e.Select(n => n.Primitive)));

    [Fact]
    public void JsonRoundTripsBitForBit() =>
        TreeGen.Trees(5, TreeGen.AnyCoefficient).Sample(e => SameBits(e, JsonSerializer.Deserialize<Expression>(JsonSerializer.Serialize(e))!));

    [Theory]
    [InlineData("17")]
    [InlineData("\"log(\"")]
    [InlineData("[\"y\"]")]
    public void BadJsonIsAJsonError(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Expression>(json));

    // Node equality takes 0 and -0 for the same; exactness does not.
    private static bool SameBits(Expression a, Expression b) =>
        a.Equals(b) && a.Weights.Select(BitConverter.DoubleToInt64Bits).SequenceEqual(b.Weights.Select(BitConverter.DoubleToInt64Bits));
}
