using CsCheck;
using LossActors.Actors.Refinement;
using Xunit;

namespace LossActors.Actors.Tests.Refinement;

public sealed class RunningMedianTests
{
    [Fact]
    public void ItIsTheMedianOfAllSoFar() => Gen.Frequency((9, Gen.Double[-5, 5]), (1, Gen.Const(double.PositiveInfinity))).Array[1, 60].Sample(numbers =>
    {
        var median = new RunningMedian();
        for (var n = 1; n <= numbers.Length; n++)
        {
            median.Add(numbers[n - 1]);
            double[] sorted = [.. numbers.Take(n).Order()];
            Assert.Equal((sorted[(n - 1) / 2] + sorted[n / 2]) / 2, median.Value);
        }

        Assert.Equal(numbers.Length, median.Count);
    });

    [Fact]
    public void OfNothingThereIsNone() => Assert.Equal(double.NaN, new RunningMedian().Value);
}
