using System.Numerics;

namespace LossActors.Learning.Losses;

/// <summary>
/// A loss of a batch as a function of the network's outputs (logits), computed on host memory with its gradient, without tensors
/// and without autograd. Keeps work space for the largest batch seen.
/// </summary>
/// <param name="link">How logits become predictions.</param>
/// <param name="outputs">Logits per instance.</param>
/// <remarks>Reduction: the sum over classes (regression: the mean over outputs), averaged over the batch.</remarks>
internal abstract class LogitLoss<T>(Link link, int outputs)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] _predictions = [];

    /// <summary>How logits become predictions.</summary>
    protected Link Link => link;

    /// <summary>Logits per instance.</summary>
    protected int Outputs => outputs;

    /// <summary>The loss, and its gradient in the logits. NaN or infinity in either is passed on, never hidden.</summary>
    /// <param name="logits">Row-major [batch, outputs].</param>
    /// <param name="targets">Row-major [batch, outputs]: one-hot, {0, 1} or standardised numbers.</param>
    /// <param name="gradient">Receives dL/dlogits.</param>
    public T Differentiate(ReadOnlySpan<T> logits, ReadOnlySpan<T> targets, Span<T> gradient)
    {
        if (_predictions.Length < logits.Length)
        {
            _predictions = new T[logits.Length];
        }

        var predictions = _predictions.AsSpan(0, logits.Length);
        link.Predict(outputs, logits, predictions);
        return Differentiate(logits, predictions, targets, T.One / T.CreateChecked(link.Divisor(logits.Length, outputs)), gradient);
    }

    /// <summary>The same with the predictions at hand.</summary>
    protected abstract T Differentiate(
        ReadOnlySpan<T> logits, ReadOnlySpan<T> predictions, ReadOnlySpan<T> targets, T scale, Span<T> gradient);
}
