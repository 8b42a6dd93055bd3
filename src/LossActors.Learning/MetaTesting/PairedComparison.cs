using MathNet.Numerics.Distributions;

namespace LossActors.Learning.MetaTesting;

/// <summary>Two errors measured on the same seeds.</summary>
/// <param name="Pairs">Seeds on which both trainings ended.</param>
/// <param name="Difference">First minus second: negative where the first is better.</param>
/// <param name="TTest">Two-sided p of Student's paired t-test; null for fewer than two pairs.</param>
/// <param name="Wilcoxon">Two-sided p of Wilcoxon's signed-rank test; null where all differences are zero.</param>
public sealed record PairedComparison(int Pairs, Interval Difference, double? TTest, double? Wilcoxon)
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
        return new PairedComparison(differences.Count, Interval.Of(differences), StudentP(differences), SignedRank.TwoSided(differences));
    }

    private static double? StudentP(List<double> differences)
    {
        if (differences.Count < 2)
        {
            return null;
        }

        var mean = differences.Average();
        var error = Interval.StandardError(differences, mean);
        if (error == 0)
        {
            return mean == 0 ? 1 : 0;
        }

        return 2 * StudentT.CDF(0, 1, differences.Count - 1, -Math.Abs(mean / error));
    }
}
