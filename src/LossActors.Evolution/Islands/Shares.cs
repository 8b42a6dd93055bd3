using System.Collections.Immutable;

namespace LossActors.Evolution.Islands;

/// <summary>
/// Divides a budget among islands in proportion to whole weights, by D'Hondt's method. It never takes anything back when the budget grows, which dividing and rounding would: a run
/// that goes on with a larger budget keeps what its islands have spent. Equal weights deal births out in turn.
/// </summary>
public static class Shares
{
    /// <summary>An island's part of the budget. The parts of all islands sum to it.</summary>
    /// <param name="budget">Births to be divided.</param>
    /// <param name="weights">Of all islands, at least 1 each.</param>
    /// <param name="island">Which one, from 0.</param>
    public static int Of(int budget, ImmutableArray<int> weights, int island)
    {
        // Birth j of an island comes at j / weight, ties by island. How many come before it says whether the budget reaches it.
        var (least, most) = (0, budget);
        while (least < most)
        {
            var middle = least + ((most - least + 1) / 2);
            if (Before(middle, weights, island) < budget)
            {
                least = middle;
            }
            else
            {
                most = middle - 1;
            }
        }

        return least;
    }

    private static long Before(long birth, ImmutableArray<int> weights, int island)
    {
        long before = 0;
        for (var other = 0; other < weights.Length; other++)
        {
            var at = birth * weights[other];
            before += other < island ? at / weights[island] : (at + weights[island] - 1) / weights[island] - 1;
        }

        return before;
    }
}
