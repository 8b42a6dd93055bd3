using MathNet.Numerics.Distributions;

namespace LossActors.Learning.MetaTesting;

/// <summary>
/// Two errors measured on the same seeds. A training that diverged has an infinite error, the worst there is: it counts in the signed-rank test, and leaves no mean to speak of, so that
/// no loss gains by the seeds on which it fails.
/// </summary>
/// <param name="Pairs">Seeds on which at least one of the two trainings ended.</param>
/// <param name="Diverged">Those on which just one did.</param>
/// <param name="Difference">First minus second: negative where the first is better; no numbers where any training of a pair diverged.</param>
/// <param name="TTest">Two-sided p of Student's paired t-test; null for fewer than two pairs, where any diverged, and where all differences are equal but for 0.</param>
/// <param name="Wilcoxon">Two-sided p of Wilcoxon's signed-rank test, where infinite differences share the highest rank; 1 where all are zero, null without pairs.</param>
/// <param name="EffectSize">Cohen's d_z: the mean difference in standard deviations of the differences; null where there is no t-test, and where all differences are equal.</param>
/// <param name="Tendency">Which has the smaller errors by signed ranks: below 0 the first, above 0 the second, 0 neither.</param>
public sealed record PairedComparison(int Pairs, int Diverged, Interval Difference, double? TTest, double? Wilcoxon, double? EffectSize, int Tendency)
{
    /// <summary>Compares; pairs of which both diverged are left out.</summary>
    /// <param name="first">One number per seed.</param>
    /// <param name="second">As many.</param>
    public static PairedComparison Of(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        if (first.Count != second.Count)
        {
            throw new ArgumentException($"{first.Count} and {second.Count} numbers make no pairs.", nameof(second));
        }

        var differences = first.Zip(second, Less).Where(d => !double.IsNaN(d)).ToList();
        var diverged = differences.Count(double.IsInfinity);
        var (wilcoxon, tendency) = SignedRank.Test(differences);
        if (differences.Count < 2 || diverged > 0)
        {
            return new PairedComparison(differences.Count, diverged, Interval.Of(diverged > 0 ? [] : differences), null, wilcoxon, null, tendency);
        }

        var mean = differences.Average();
        var error = Interval.StandardError(differences, mean);
        return new PairedComparison(
            differences.Count,
            diverged,
            Interval.Of(differences),
            StudentP(mean, error, differences.Count),
            wilcoxon,
            error == 0 ? null : mean / (error * Math.Sqrt(differences.Count)),
            tendency);
    }

    // What is not finite is infinite; NaN where both are.
    private static double Less(double a, double b) =>
        (double.IsFinite(a) ? a : double.PositiveInfinity) - (double.IsFinite(b) ? b : double.PositiveInfinity);

    private static double? StudentP(double mean, double error, int pairs) => error == 0
        ? (mean == 0 ? 1 : null)
        : 2 * StudentT.CDF(0, 1, pairs - 1, -Math.Abs(mean / error));
}
