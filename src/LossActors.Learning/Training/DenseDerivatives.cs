using System.Numerics;
using LossActors.Learning.Networks;

namespace LossActors.Learning.Training;

/// <summary>The small vector loops of hand-written backpropagation.</summary>
internal static class DenseDerivatives
{
    /// <summary>Multiplies by the activation's derivative, written in its outputs: relu has [h > 0], tanh has 1 − h².</summary>
    public static void ThroughActivation<T>(Activation activation, ReadOnlySpan<T> outputs, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var width = Vector<T>.Count;
        var i = 0;
        for (; i <= values.Length - width; i += width)
        {
            var h = new Vector<T>(outputs[i..]);
            var d = new Vector<T>(values[i..]);
            (activation == Activation.Relu
                ? Vector.ConditionalSelect(Vector.LessThanOrEqual(h, Vector<T>.Zero), Vector<T>.Zero, d)
                : d * (Vector<T>.One - (h * h))).CopyTo(values[i..]);
        }

        for (; i < values.Length; i++)
        {
            var h = outputs[i];
            values[i] = activation == Activation.Relu
                ? h <= T.Zero ? T.Zero : values[i]
                : values[i] * (T.One - (h * h));
        }
    }

    /// <summary>Adds tanh″(z) ⊙ dz ⊙ e, which is −2 h ⊙ dh ⊙ e, because dh = (1 − h²) ⊙ dz.</summary>
    /// <param name="outputs">h.</param>
    /// <param name="tangents">dh.</param>
    /// <param name="gradients">e, the gradient in h.</param>
    /// <param name="sums">Changed in place.</param>
    public static void AddBend<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> tangents, ReadOnlySpan<T> gradients, Span<T> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] -= (outputs[i] + outputs[i]) * tangents[i] * gradients[i];
        }
    }

    /// <summary>Adds entry by entry.</summary>
    public static void Add<T>(ReadOnlySpan<T> values, Span<T> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var width = Vector<T>.Count;
        var i = 0;
        for (; i <= sums.Length - width; i += width)
        {
            (new Vector<T>(sums[i..]) + new Vector<T>(values[i..])).CopyTo(sums[i..]);
        }

        for (; i < sums.Length; i++)
        {
            sums[i] += values[i];
        }
    }

    /// <summary>Adds a multiple, entry by entry.</summary>
    public static void AddScaled<T>(T factor, ReadOnlySpan<T> values, Span<T> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (width, factors) = (Vector<T>.Count, new Vector<T>(factor));
        var i = 0;
        for (; i <= sums.Length - width; i += width)
        {
            (new Vector<T>(sums[i..]) + (new Vector<T>(values[i..]) * factors)).CopyTo(sums[i..]);
        }

        for (; i < sums.Length; i++)
        {
            sums[i] += values[i] * factor;
        }
    }

    /// <summary>Multiplies every entry.</summary>
    public static void Scale<T>(T factor, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (factor == T.One)
        {
            return;
        }

        var (width, factors) = (Vector<T>.Count, new Vector<T>(factor));
        var i = 0;
        for (; i <= values.Length - width; i += width)
        {
            (new Vector<T>(values[i..]) * factors).CopyTo(values[i..]);
        }

        for (; i < values.Length; i++)
        {
            values[i] *= factor;
        }
    }
}
