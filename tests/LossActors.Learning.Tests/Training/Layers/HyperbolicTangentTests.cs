using System.Numerics;
using LossActors.Learning.Training.Layers;
using Xunit;

namespace LossActors.Learning.Tests.Training.Layers;

public sealed class HyperbolicTangentTests
{
    [Fact]
    public void EveryFloatFromTinyToSaturatedIsRightToThreeUnitsInTheLastPlace()
    {
        var tiniest = BitConverter.SingleToInt32Bits(1e-30f);
        for (var bits = tiniest; bits < BitConverter.SingleToInt32Bits(100f); bits += 997)
        {
            var x = BitConverter.Int32BitsToSingle(bits);
            var expected = Math.Tanh(x);
            var unit = MathF.BitIncrement((float)expected) - (float)expected;

            Assert.Equal(expected, HyperbolicTangent.Of(new Vector<float>(x))[0], 3.0 * unit);
            Assert.Equal(-expected, HyperbolicTangent.Of(new Vector<float>(-x))[0], 3.0 * unit);
        }
    }

    [Fact]
    public void DoublesAreRightToFourUnitsInTheLastPlace()
    {
        for (var x = 1e-300; x < 100; x *= 1.0003)
        {
            var expected = Math.Tanh(x);
            var unit = Math.BitIncrement(expected) - expected;

            Assert.Equal(expected, HyperbolicTangent.Of(new Vector<double>(x))[0], 4 * unit);
            Assert.Equal(-expected, HyperbolicTangent.Of(new Vector<double>(-x))[0], 4 * unit);
        }
    }

    [Fact]
    public void InfinitiesSaturateAndNaNPasses()
    {
        Assert.Equal(1, HyperbolicTangent.Of(new Vector<float>(float.PositiveInfinity))[0]);
        Assert.Equal(-1, HyperbolicTangent.Of(new Vector<double>(double.NegativeInfinity))[0]);
        Assert.Equal(0, HyperbolicTangent.Of(Vector<double>.Zero)[0]);
        Assert.True(float.IsNaN(HyperbolicTangent.Of(new Vector<float>(float.NaN))[0]));
        Assert.True(double.IsNaN(HyperbolicTangent.Of(new Vector<double>(double.NaN))[0]));
    }
}
