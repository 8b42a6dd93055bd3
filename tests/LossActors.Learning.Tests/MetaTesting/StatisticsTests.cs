using LossActors.Learning.MetaTesting;
using Xunit;

namespace LossActors.Learning.Tests.MetaTesting;

public sealed class StatisticsTests
{
    // R: t.test(c(1, 2, 3, 4)) and qt(.975, 3) = 3.182446.
    [Fact]
    public void TheIntervalIsStudents()
    {
        var interval = Interval.Of([1, 2, 3, 4]);

        Assert.Equal(2.5, interval.Mean);
        Assert.Equal(2.5 - (3.182446305284263 * Math.Sqrt(5.0 / 12)), interval.Low!.Value, 1e-9);
        Assert.Equal(2.5 + (3.182446305284263 * Math.Sqrt(5.0 / 12)), interval.High!.Value, 1e-9);
    }

    [Fact]
    public void OneNumberHasNoInterval() => Assert.Equal(new Interval(3, null, null), Interval.Of([3]));

    // All five negative: 2 / 2^5.
    [Fact]
    public void FivePairsOfOneSignHaveTheSmallestSignedRankP() =>
        Assert.Equal(0.0625, PairedComparison.Of([1, 2, 3, 4, 5], [2, 4, 6, 8, 10]).Wilcoxon!.Value, 1e-12);

    // By hand: ranks 1, 2.5, 2.5, 4 with signs -, +, +, +: P(W- <= 1) = 2/16.
    [Fact]
    public void TiesShareTheirMeanRank() => Assert.Equal(0.25, SignedRank.TwoSided([-1, 2, 2, 3])!.Value, 1e-12);

    [Fact]
    public void ExactAndNormalAgreeForManyPairs()
    {
        double[] differences = [.. Enumerable.Range(1, 200).Select(i => i * (i % 3 == 0 ? -1.01 : 0.99))];
        double[] more = [.. differences, 0.001];

        Assert.Equal(SignedRank.TwoSided(differences)!.Value, SignedRank.TwoSided(more)!.Value, 1e-3);
    }

    // t = mean / (sd / sqrt n) = 2 / (1 / sqrt 3) = 3.4641 with 2 degrees of freedom: p = 1 - t / sqrt(t² + 2).
    [Fact]
    public void ThePairedTTestIsStudents()
    {
        var t = 2 * Math.Sqrt(3);

        Assert.Equal(1 - (t / Math.Sqrt((t * t) + 2)), PairedComparison.Of([2, 4, 6], [1, 2, 3]).TTest!.Value, 1e-9);
    }

    // Differences 1, 2, 3: mean 2, deviation 1.
    [Fact]
    public void TheEffectSizeIsTheMeanInDeviations()
    {
        Assert.Equal(2, PairedComparison.Of([2, 4, 6], [1, 2, 3]).EffectSize!.Value, 1e-12);
        Assert.Null(PairedComparison.Of([2, 3], [1, 2]).EffectSize);
        Assert.Null(PairedComparison.Of([2], [1]).EffectSize);
    }

    // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") = 0.03 0.06 0.06 0.02.
    [Fact]
    public void HolmMultipliesTheSmallestByTheirNumber() =>
        Assert.Equal([0.03, 0.06, 0.06, 0.02], Holm.Adjust([0.01, 0.04, 0.03, 0.005]).Select(p => Math.Round(p!.Value, 12)));

    [Fact]
    public void HolmNeverExceedsOneAndLeavesOutWhatWasNotTested() =>
        Assert.Equal([1, null, 1, 0.3], Holm.Adjust([0.6, null, 0.9, 0.1]).Select(p => p is { } tested ? (double?)Math.Round(tested, 12) : null));

    [Fact]
    public void ADivergedMemberLeavesItsPairOut()
    {
        var comparison = PairedComparison.Of([1, double.PositiveInfinity, 3], [2, 2, 2]);

        Assert.Equal(2, comparison.Pairs);
        Assert.Equal(0, comparison.Difference.Mean);
    }

    [Fact]
    public void EqualErrorsShowNoDifference()
    {
        var comparison = PairedComparison.Of([1, 2], [1, 2]);

        Assert.Equal(1, comparison.TTest);
        Assert.Null(comparison.Wilcoxon);
    }

    [Fact]
    public void TheBestRateHasTheSmallestErrorAndTiesGoToTheSmallerRate() => Assert.Equal(
        0.1, TuningPoint.Best([new(1, double.PositiveInfinity), new(0.3, 0.2), new(0.1, 0.2), new(0.01, 0.5)]).LearningRate);
}
