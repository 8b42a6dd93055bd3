using System.Collections.Immutable;

namespace LossActors.Learning.MetaTesting;

/// <summary>Holm's step-down correction (1979): of a family of tests, the chance that any true null hypothesis is rejected stays below the level.</summary>
public static class Holm
{
    /// <summary>Adjusted p-values, in the order given: the k-th smallest of m times m − k + 1, at most 1, and never below a smaller one's.</summary>
    /// <param name="family">The p-values of the tests that are reported together; null where there was nothing to test, which stays null and does not count.</param>
    public static ImmutableArray<double?> Adjust(IReadOnlyList<double?> family)
    {
        var adjusted = family.ToArray();
        var order = Enumerable.Range(0, adjusted.Length).Where(i => family[i] is not null).OrderBy(i => family[i]).ToList();
        var floor = 0.0;
        for (var k = 0; k < order.Count; k++)
        {
            floor = Math.Max(floor, Math.Min(1, (order.Count - k) * family[order[k]]!.Value));
            adjusted[order[k]] = floor;
        }

        return [.. adjusted];
    }
}
