using System.Collections.Immutable;
using LossActors.Learning.MetaTesting;

namespace LossActors.Cli.Comparison;

/// <summary>Two losses on the same seeds of the test part.</summary>
/// <param name="First">One.</param>
/// <param name="Second">The other.</param>
/// <param name="Comparison">First minus second.</param>
/// <param name="HolmT">p of the t-test, corrected over all pairs.</param>
/// <param name="HolmWilcoxon">p of Wilcoxon's test, corrected likewise.</param>
internal sealed record PairwiseTest(Contestant First, Contestant Second, PairedComparison Comparison, double? HolmT, double? HolmWilcoxon)
{
    /// <summary>Every pair, each once.</summary>
    public static ImmutableArray<PairwiseTest> All(IReadOnlyList<Contestant> contestants)
    {
        var pairs = contestants.SelectMany((first, i) => contestants.Skip(i + 1).Select(second => (first, second, Comparison: PairedComparison.Of(first.Arm.Errors, second.Arm.Errors)))).ToList();
        var (t, wilcoxon) = (Holm.Adjust([.. pairs.Select(p => p.Comparison.TTest)]), Holm.Adjust([.. pairs.Select(p => p.Comparison.Wilcoxon)]));
        return [.. pairs.Select((pair, i) => new PairwiseTest(pair.first, pair.second, pair.Comparison, t[i], wilcoxon[i]))];
    }
}
