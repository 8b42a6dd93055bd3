namespace LossActors.Learning.Datasets;

/// <summary>Divides whole instances by fractional shares.</summary>
internal static class Shares
{
    /// <summary>
    /// Whole numbers that add up to <paramref name="total"/> and are as near to <paramref name="wanted"/> (which adds up to about the same) as can be: the method of
    /// largest remainders, ties to the first.
    /// </summary>
    public static int[] Round(ReadOnlySpan<double> wanted, int total)
    {
        var counts = new int[wanted.Length];
        var remainders = new double[wanted.Length];
        var left = total;
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = (int)Math.Max(0, Math.Floor(wanted[i]));
            remainders[i] = wanted[i] - counts[i];
            left -= counts[i];
        }

        for (; left != 0; left -= Math.Sign(left))
        {
            var best = -1;
            for (var i = 0; i < counts.Length; i++)
            {
                if ((left > 0 || counts[i] > 0) && (best < 0 || (left > 0 ? remainders[i] > remainders[best] : remainders[i] < remainders[best])))
                {
                    best = i;
                }
            }

            counts[best] += Math.Sign(left);
            remainders[best] -= Math.Sign(left);
        }

        return counts;
    }

    /// <summary>As <see cref="Round"/>, but with at least one each; <paramref name="total"/> is at least the number of shares.</summary>
    public static int[] RoundNonEmpty(ReadOnlySpan<double> wanted, int total)
    {
        var counts = Round(wanted, total);
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] == 0)
            {
                counts[Array.IndexOf(counts, counts.Max())]--;
                counts[i] = 1;
            }
        }

        return counts;
    }
}
