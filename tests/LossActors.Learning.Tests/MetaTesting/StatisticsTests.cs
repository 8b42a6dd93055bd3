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
    public void TiesShareTheirMeanRank() => Assert.Equal((0.25, 1), (Math.Round(SignedRank.Test([-1, 2, 2, 3]).P!.Value, 12), SignedRank.Test([-1, 2, 2, 3]).Tendency));

    [Fact]
    public void ExactAndNormalAgreeForManyPairs()
    {
        double[] differences = [.. Enumerable.Range(1, 200).Select(i => i * (i % 3 == 0 ? -1.01 : 0.99))];
        double[] more = [.. differences, 0.001];

        Assert.Equal(SignedRank.Test(differences).P!.Value, SignedRank.Test(more).P!.Value, 1e-3);
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

    // Counts of 359 instances: 0 -2 -2 -1 -1 -3 0 0 3 0 -1 -2. Exact over all sign patterns of the eight that are not 0, ties sharing ranks.
    [Fact]
    public void DifferencesOfErrorRatesAreTiedWhateverTheirLastBits()
    {
        int[] differences = [0, -2, -2, -1, -1, -3, 0, 0, 3, 0, -1, -2];
        double[] second = [.. Enumerable.Range(0, 12).Select(i => (3 + (3 * i)) / 359.0)];
        double[] first = [.. differences.Select((d, i) => (3 + (3 * i) + d) / 359.0)];
        Assert.NotEqual(first[1] - second[1], first[2] - second[2]);

        Assert.Equal(0.171875, PairedComparison.Of(first, second).Wilcoxon!.Value, 1e-12);
    }

    [Fact]
    public void ATrainingThatDivergedIsTheWorstAndNoMeanFlattersIt()
    {
        const double Never = double.PositiveInfinity;
        var comparison = PairedComparison.Of([1, 1, 1, Never, Never, Never, Never, Never, Never, Never], [2, 2, 2, 2, 2, 2, 2, 2, 2, double.NaN]);

        Assert.Equal((9, 6, 1), (comparison.Pairs, comparison.Diverged, comparison.Tendency));
        Assert.Equal(new Interval(null, null, null), comparison.Difference);
        Assert.Null(comparison.TTest);
        Assert.Null(comparison.EffectSize);

        // Ranks of the six: 6.5 each, of the other three: 2. P(W- <= 6) = 8 / 2^9.
        Assert.Equal(2 * 8 / 512.0, comparison.Wilcoxon!.Value, 1e-12);
        Assert.Equal(2 / 1024.0, PairedComparison.Of([.. Enumerable.Repeat(Never, 10)], [.. Enumerable.Range(1, 10).Select(i => (double)i)]).Wilcoxon!.Value, 1e-12);
    }

    [Fact]
    public void EqualDifferencesThatAreNotZeroHaveNoTTest() => Assert.Null(PairedComparison.Of([2, 3], [1, 2]).TTest);

    [Fact]
    public void WhereBothDivergedThereIsNothingToCompare()
    {
        var comparison = PairedComparison.Of([double.PositiveInfinity], [double.PositiveInfinity]);

        Assert.Equal((0, null), (comparison.Pairs, comparison.Wilcoxon));
    }

    [Fact]
    public void EqualErrorsShowNoDifference()
    {
        var comparison = PairedComparison.Of([1, 2], [1, 2]);

        Assert.Equal((1, 1, 0), (comparison.TTest, comparison.Wilcoxon, comparison.Tendency));
    }

    [Fact]
    public void TheBestRateHasTheSmallestErrorAndTiesGoToTheSmallerRate() => Assert.Equal(
        0.1, TuningPoint.Best([new(1, double.PositiveInfinity), new(0.3, 0.2), new(0.1, 0.2), new(0.01, 0.5)]).LearningRate);
}
