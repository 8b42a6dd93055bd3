using static TorchSharp.torch;

namespace LossActors.Learning.Losses;

/// <summary>Losses of a batch as differentiable tensor operations, from the network's outputs (logits), [batch, outputs].</summary>
public static class TensorLosses
{
    /// <summary>A learned loss: per entry, summed over classes (regression: averaged over outputs), averaged over the batch.</summary>
    /// <param name="loss">The loss of an output.</param>
    /// <param name="link">How logits become predictions.</param>
    /// <param name="logits">Network outputs, [batch, outputs].</param>
    /// <param name="targets">One-hot, {0, 1} or standardised numbers, [batch, outputs].</param>
    /// <param name="parameters">Parameters to differentiate in, in the order of <see cref="LossFunction.Parameters"/>; null: the loss's own, as constants.</param>
    public static Tensor Learned(IEntryLoss loss, Link link, Tensor logits, Tensor targets, Tensor? parameters = null)
    {
        RequireSameShape(logits, targets);
        var entries = loss.Evaluate(targets, link.Predict(logits), parameters);
        return link == Link.Identity ? entries.mean() : entries.sum(dim: 1).mean();
    }

    /// <summary>The task's own loss: cross-entropy through log-softmax (two classes: of the logit), or the mean squared error.</summary>
    /// <param name="link">How logits become predictions.</param>
    /// <param name="logits">Network outputs, [batch, outputs].</param>
    /// <param name="targets">One-hot, {0, 1} or standardised numbers, [batch, outputs].</param>
    public static Tensor Task(Link link, Tensor logits, Tensor targets)
    {
        RequireSameShape(logits, targets);
        return link switch
        {
            Link.Softmax => (targets * logits.log_softmax(1)).sum(dim: 1).mean().neg(),
            Link.Logistic => nn.functional.binary_cross_entropy_with_logits(logits, targets),
            _ => (logits - targets).square().mean(),
        };
    }

    // Torch would broadcast a mistake silently, or throw inside autograd, which ends the process.
    private static void RequireSameShape(Tensor logits, Tensor targets)
    {
        if (logits.dim() != 2 || !logits.shape.AsSpan().SequenceEqual(targets.shape))
        {
            throw new ArgumentException(
                $"Logits of shape [{string.Join(", ", logits.shape)}] and targets of shape [{string.Join(", ", targets.shape)}] do not match.", nameof(targets));
        }
    }
}
