using CsCheck;
using LossActors.Expressions.Numerics;
using Xunit;

namespace LossActors.Expressions.Tests.Numerics;

public sealed class PortableMathTests
{
    [Fact]
    public void LogAgreesWithTheLibrary() =>
        Gen.Double[-16.2, 700].Sample(e =>
        {
            var x = Math.Exp(e);
            Assert.Equal(Math.Log(x), PortableMath.Log(x), 4e-16 * Math.Max(1.0, Math.Abs(e)));
        }, iter: 20_000);

    [Fact]
    public void TanhAgreesWithTheLibraryInRelativeTerms() =>
        Gen.OneOf(Gen.Double[-1, 1], Gen.Double[-30, 30], Gen.Double[-1e-8, 1e-8]).Sample(x =>
            Assert.Equal(Math.Tanh(x), PortableMath.Tanh(x), 1e-15 * Math.Abs(Math.Tanh(x))), iter: 20_000);

    [Theory]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(double.PositiveInfinity, 1.0)]
    [InlineData(double.NegativeInfinity, -1.0)]
    [InlineData(0.0, 0.0)]
    public void TanhOfSpecialNumbers(double x, double expected) => Assert.Equal(expected, PortableMath.Tanh(x));

    // Pinned bits: folded constants are part of hashes that outlive a process and a platform.
    [Theory]
    [InlineData(2.0, 0x3FE62E42FEFA39EF)]
    [InlineData(1e-7, unchecked((long)0xC0301E3B843EAA73UL))]
    public void LogHasTheSameBitsEverywhere(double x, long bits) => Assert.Equal(bits, BitConverter.DoubleToInt64Bits(PortableMath.Log(x)));
}
