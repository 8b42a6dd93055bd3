using static TorchSharp.torch;

namespace LossActors.Learning.Losses;

/// <summary>A loss of a batch as differentiable tensor operations, from the network's outputs (logits): what <see cref="LogitLoss{T}"/> is on host memory.</summary>
/// <param name="loss">Which.</param>
/// <param name="link">How logits become predictions.</param>
/// <param name="type">Of all numbers.</param>
/// <param name="device">Of all tensors.</param>
internal sealed class TensorLoss(LossFunction loss, Link link, ScalarType type, Device device) : IDisposable
{
    private readonly IEntryLoss? _learned = loss is LossFunction.TaskLoss ? null : EntryLosses.Create(loss, type, device);

    /// <summary>The loss, a scalar.</summary>
    /// <param name="logits">Network outputs, [batch, outputs].</param>
    /// <param name="targets">One-hot, {0, 1} or standardised numbers, [batch, outputs].</param>
    public Tensor Evaluate(Tensor logits, Tensor targets) =>
        _learned is null ? TensorLosses.Task(link, logits, targets) : TensorLosses.Learned(_learned, link, logits, targets);

    /// <inheritdoc/>
    public void Dispose() => _learned?.Dispose();
}
