using MathNet.Numerics.Distributions;

namespace LossActors.Learning.MetaTesting;

/// <summary>Wilcoxon's signed-rank test (1945), which MathNet does not have: zero differences are dropped, ties share their mean rank.</summary>
internal static class SignedRank
{
    // Beyond, the normal approximation agrees to more digits than anybody reads.
    private const int LargestExact = 200;

    // Differences of error rates are whole numbers of instances over their count: those of as many instances differ in their last bits, by how large the rates are.
    private const double Rounding = 1e-9;

    /// <summary>
    /// The two-sided p: exact over all sign patterns, ties included, or the normal approximation for many pairs; 1 where all differences are zero, null where there are none. And the
    /// sign of the sum of signed ranks. Infinite differences are the largest.
    /// </summary>
    public static (double? P, int Tendency) Test(IReadOnlyCollection<double> differences)
    {
        var sorted = differences.Where(d => d != 0).OrderBy(Math.Abs).ToArray();
        if (sorted.Length == 0)
        {
            return (differences.Count == 0 ? null : 1, 0);
        }

        var ranks = DoubledRanks(sorted);
        var positive = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            positive += sorted[i] > 0 ? ranks[i] : 0;
        }

        return (sorted.Length <= LargestExact ? Exact(ranks, positive) : Approximate(ranks, positive), Math.Sign((2 * positive) - ranks.Sum()));
    }

    // Mean ranks of ties are halves, so twice the rank is whole.
    private static int[] DoubledRanks(double[] sorted)
    {
        var ranks = new int[sorted.Length];
        for (var first = 0; first < sorted.Length;)
        {
            var last = first;
            while (last + 1 < sorted.Length && AreTied(Math.Abs(sorted[first]), Math.Abs(sorted[last + 1])))
            {
                last++;
            }

            Array.Fill(ranks, first + last + 2, first, last - first + 1);
            first = last + 1;
        }

        return ranks;
    }

    private static bool AreTied(double smaller, double larger) => smaller == larger || (double.IsFinite(larger) && larger - smaller <= Rounding * larger);

    // Each rank is positive or negative with probability one half: the distribution of the sum, one rank after another.
    private static double Exact(int[] ranks, int positive)
    {
        var total = ranks.Sum();
        var probability = new double[total + 1];
        probability[0] = 1;
        var reach = 0;
        foreach (var rank in ranks)
        {
            reach += rank;
            for (var sum = reach; sum >= 0; sum--)
            {
                probability[sum] = 0.5 * (probability[sum] + (sum >= rank ? probability[sum - rank] : 0));
            }
        }

        var below = Math.Min(positive, total - positive);
        return Math.Min(1, 2 * probability.Take(below + 1).Sum());
    }

    // Var Σ ± rank / 2 = Σ rank² / 4, ties included.
    private static double Approximate(int[] ranks, int positive)
    {
        var mean = ranks.Sum() / 2.0;
        var deviation = Math.Sqrt(ranks.Sum(rank => (double)rank * rank)) / 2;
        return Math.Min(1, 2 * Normal.CDF(0, 1, -Math.Abs(positive - mean) / deviation));
    }
}
