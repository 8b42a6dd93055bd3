using System.Numerics;
using static TorchSharp.torch;

namespace LossActors.Learning.Losses;

/// <summary>What each <see cref="Link"/> does: to tensors, to spans, and to gradients and tangents that pass it.</summary>
internal static class Links
{
    private static readonly TorchSharp.Scalar s_one = TorchSharp.ScalarExtensionMethods.ToScalar(1.0);

    /// <summary>Predictions from logits, [..., outputs].</summary>
    public static Tensor Predict(this Link link, Tensor logits) => link switch
    {
        Link.Softmax => logits.softmax(-1),
        Link.Logistic => logits.sigmoid(),
        _ => logits,
    };

    /// <summary>dL/dlogits from dL/df, both [..., outputs]; see the other form.</summary>
    public static Tensor Chain(this Link link, Tensor predictions, Tensor derivative)
    {
        if (link == Link.Identity)
        {
            return derivative;
        }

        if (link == Link.Logistic)
        {
            return derivative * predictions * (predictions.neg() + s_one);
        }

        // Relative to the first entry: where all are equal the result is 0, not rounding.
        var relative = derivative - derivative.narrow(-1, 0, 1);
        return predictions * (relative - (predictions * relative).sum(dim: -1, keepdim: true));
    }

    /// <summary>What the loss's total over entries is divided by: instances, and in regression outputs too.</summary>
    public static int Divisor(this Link link, int entries, int outputs) => link == Link.Identity ? entries : entries / outputs;

    /// <summary>Predictions from logits, row-major rows of <paramref name="outputs"/>.</summary>
    public static void Predict<T>(this Link link, int outputs, ReadOnlySpan<T> logits, Span<T> predictions)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (link == Link.Identity)
        {
            logits.CopyTo(predictions);
        }
        else if (link == Link.Logistic)
        {
            // exp(-|z|) never overflows.
            for (var i = 0; i < logits.Length; i++)
            {
                predictions[i] = -T.Abs(logits[i]);
            }

            Vectors.Exp(predictions);
            for (var i = 0; i < logits.Length; i++)
            {
                var e = predictions[i];
                predictions[i] = (logits[i] >= T.Zero ? T.One : e) / (T.One + e);
            }
        }
        else
        {
            Softmax(outputs, logits, predictions);
        }
    }

    /// <summary>
    /// Carries a derivative through the link: dL/dlogits from dL/df (both symmetric Jacobians, so it carries a tangent df from dlogits as well).
    /// softmax: p ⊙ (g − Σ p g); logistic: p (1 − p) g.
    /// </summary>
    /// <param name="link">Which.</param>
    /// <param name="outputs">Entries per row.</param>
    /// <param name="predictions">f.</param>
    /// <param name="derivative">What comes in.</param>
    /// <param name="scale">Multiplies the result.</param>
    /// <param name="result">What goes out; other memory than <paramref name="derivative"/>.</param>
    public static void Chain<T>(this Link link, int outputs, ReadOnlySpan<T> predictions, ReadOnlySpan<T> derivative, T scale, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (link)
        {
            case Link.Identity:
                for (var i = 0; i < derivative.Length; i++)
                {
                    result[i] = derivative[i] * scale;
                }

                break;
            case Link.Logistic:
                for (var i = 0; i < derivative.Length; i++)
                {
                    result[i] = predictions[i] * (T.One - predictions[i]) * derivative[i] * scale;
                }

                break;
            default:
                for (var row = 0; row < derivative.Length; row += outputs)
                {
                    var p = predictions.Slice(row, outputs);
                    var g = derivative.Slice(row, outputs);
                    var r = result.Slice(row, outputs);

                    // Relative to the first entry: where all are equal the result is 0, not rounding.
                    var mean = g[0];
                    for (var c = 1; c < p.Length; c++)
                    {
                        mean += p[c] * (g[c] - g[0]);
                    }

                    for (var c = 0; c < p.Length; c++)
                    {
                        r[c] = p[c] * (g[c] - mean) * scale;
                    }
                }

                break;
        }
    }

    /// <summary>
    /// How <see cref="Chain"/>'s result changes along a direction: with u the predictions' tangent and ġ the derivative's, softmax gives
    /// u ⊙ (g − Σ p g) + p ⊙ (ġ − Σ (u g + p ġ)), logistic (1 − 2p) u g + p (1 − p) ġ.
    /// </summary>
    /// <param name="link">Which.</param>
    /// <param name="outputs">Entries per row.</param>
    /// <param name="predictions">f.</param>
    /// <param name="derivative">dL/df.</param>
    /// <param name="predictionTangent">u, what <see cref="Chain"/> makes of the logits' tangent.</param>
    /// <param name="derivativeTangent">ġ.</param>
    /// <param name="scale">Multiplies the result.</param>
    /// <param name="result">The tangent of dL/dlogits; other memory than the rest.</param>
    public static void ChainTangent<T>(
        this Link link,
        int outputs,
        ReadOnlySpan<T> predictions,
        ReadOnlySpan<T> derivative,
        ReadOnlySpan<T> predictionTangent,
        ReadOnlySpan<T> derivativeTangent,
        T scale,
        Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (link != Link.Softmax)
        {
            for (var i = 0; i < result.Length; i++)
            {
                var p = predictions[i];
                result[i] = scale * (link == Link.Identity
                    ? derivativeTangent[i]
                    : ((T.One - p - p) * predictionTangent[i] * derivative[i]) + (p * (T.One - p) * derivativeTangent[i]));
            }

            return;
        }

        for (var row = 0; row < result.Length; row += outputs)
        {
            var p = predictions.Slice(row, outputs);
            var g = derivative.Slice(row, outputs);
            var u = predictionTangent.Slice(row, outputs);
            var dG = derivativeTangent.Slice(row, outputs);
            var r = result.Slice(row, outputs);

            // Σ u = 0, so g may be taken relative to its first entry here as well.
            var (mean, meanTangent) = (T.Zero, T.Zero);
            for (var c = 0; c < p.Length; c++)
            {
                mean += p[c] * (g[c] - g[0]);
                meanTangent += (u[c] * (g[c] - g[0])) + (p[c] * dG[c]);
            }

            for (var c = 0; c < p.Length; c++)
            {
                r[c] = ((u[c] * (g[c] - g[0] - mean)) + (p[c] * (dG[c] - meanTangent))) * scale;
            }
        }
    }

    private static void Softmax<T>(int outputs, ReadOnlySpan<T> logits, Span<T> predictions)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var row = 0; row < logits.Length; row += outputs)
        {
            var z = logits.Slice(row, outputs);
            var p = predictions.Slice(row, outputs);
            var largest = z[0];
            for (var c = 1; c < z.Length; c++)
            {
                largest = z[c] > largest ? z[c] : largest;
            }

            for (var c = 0; c < z.Length; c++)
            {
                p[c] = z[c] - largest;
            }
        }

        Vectors.Exp(predictions);
        for (var row = 0; row < logits.Length; row += outputs)
        {
            var p = predictions.Slice(row, outputs);
            var sum = T.Zero;
            for (var c = 0; c < p.Length; c++)
            {
                sum += p[c];
            }

            var inverse = T.One / sum;
            for (var c = 0; c < p.Length; c++)
            {
                p[c] *= inverse;
            }
        }
    }
}
