using MathNet.Numerics.Distributions;

namespace LossActors.Learning.MetaTesting;

/// <summary>Two errors measured on the same seeds.</summary>
/// <param name="Pairs">Seeds on which both trainings ended.</param>
/// <param name="Difference">First minus second: negative where the first is better.</param>
/// <param name="TTest">Two-sided p of Student's paired t-test; null for fewer than two pairs.</param>
/// <param name="Wilcoxon">Two-sided p of Wilcoxon's signed-rank test; null where all differences are zero.</param>
/// <param name="EffectSize">Cohen's d_z: the mean difference in standard deviations of the differences; null for fewer than two pairs, and where all differences are equal.</param>
public sealed record PairedComparison(int Pairs, Interval Difference, double? TTest, double? Wilcoxon, double? EffectSize)
{
    /// <summary>Compares; pairs with a member that is not finite (a diverged training) are left out.</summary>
    /// <param name="first">One number per seed.</param>
    /// <param name="second">As many.</param>
    public static PairedComparison Of(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        if (first.Count != second.Count)
        {
            throw new ArgumentException($"{first.Count} and {second.Count} numbers make no pairs.", nameof(second));
        }

        var differences = first.Zip(second, (a, b) => a - b).Where(double.IsFinite).ToList();
        if (differences.Count < 2)
        {
            return new PairedComparison(differences.Count, Interval.Of(differences), null, SignedRank.TwoSided(differences), null);
        }

        var mean = differences.Average();
        var error = Interval.StandardError(differences, mean);
        return new PairedComparison(
            differences.Count,
            Interval.Of(differences),
            StudentP(mean, error, differences.Count),
            SignedRank.TwoSided(differences),
            error == 0 ? null : mean / (error * Math.Sqrt(differences.Count)));
    }

    private static double StudentP(double mean, double error, int pairs) => error == 0
        ? (mean == 0 ? 1 : 0)
        : 2 * StudentT.CDF(0, 1, pairs - 1, -Math.Abs(mean / error));
}
