using System.Numerics;

namespace LossActors.Learning.Losses;

/// <summary>The task's own loss: cross-entropy (of the softmax or of the logistic function), or the mean squared error.</summary>
internal sealed class TaskLogitLoss<T>(Link link, int outputs) : LogitLoss<T>(link, outputs)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    protected override T Differentiate(
        ReadOnlySpan<T> logits, ReadOnlySpan<T> predictions, ReadOnlySpan<T> targets, T scale, Span<T> gradient)
    {
        // (f - y) is the gradient of both cross-entropies, and half of the squared error's.
        var factor = Link == Link.Identity ? scale + scale : scale;
        for (var i = 0; i < gradient.Length; i++)
        {
            gradient[i] = (predictions[i] - targets[i]) * factor;
        }

        return scale * Link switch
        {
            Link.Softmax => CrossEntropy(logits, predictions, targets),
            Link.Logistic => BinaryCrossEntropy(logits, targets),
            _ => SquaredError(predictions, targets),
        };
    }

    // -Σ y log softmax(z) with log softmax(z) = z - max - log Σ exp(z - max): exact where p itself would round to 0. The largest p is 1 / Σ exp(z - max).
    private T CrossEntropy(ReadOnlySpan<T> logits, ReadOnlySpan<T> predictions, ReadOnlySpan<T> targets)
    {
        var total = T.Zero;
        for (var row = 0; row < logits.Length; row += Outputs)
        {
            var z = logits.Slice(row, Outputs);
            var y = targets.Slice(row, Outputs);
            var largest = 0;
            for (var c = 1; c < z.Length; c++)
            {
                largest = z[c] > z[largest] ? c : largest;
            }

            T dot = T.Zero, mass = T.Zero;
            for (var c = 0; c < z.Length; c++)
            {
                dot += y[c] * (z[c] - z[largest]);
                mass += y[c];
            }

            total -= (mass * T.Log(predictions[row + largest])) + dot;
        }

        return total;
    }

    // max(z, 0) - z y + log(1 + exp(-|z|)).
    private static T BinaryCrossEntropy(ReadOnlySpan<T> logits, ReadOnlySpan<T> targets)
    {
        var total = T.Zero;
        for (var i = 0; i < logits.Length; i++)
        {
            total += T.Max(logits[i], T.Zero) - (logits[i] * targets[i]) + T.LogP1(T.Exp(-T.Abs(logits[i])));
        }

        return total;
    }

    private static T SquaredError(ReadOnlySpan<T> predictions, ReadOnlySpan<T> targets)
    {
        var total = T.Zero;
        for (var i = 0; i < predictions.Length; i++)
        {
            var error = predictions[i] - targets[i];
            total += error * error;
        }

        return total;
    }
}
