using System.Numerics;

namespace LossActors.Learning.Training;

/// <summary>Looks for NaN and infinity.</summary>
internal static class Finiteness
{
    /// <summary>Whether no entry is NaN or infinite: x − x is 0 for all others.</summary>
    public static bool OfAll<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var width = Vector<T>.Count;
        var i = 0;
        for (; i <= values.Length - width; i += width)
        {
            var v = new Vector<T>(values[i..]);
            if (!Vector.EqualsAll(v - v, Vector<T>.Zero))
            {
                return false;
            }
        }

        for (; i < values.Length; i++)
        {
            if (!T.IsFinite(values[i]))
            {
                return false;
            }
        }

        return true;
    }
}
