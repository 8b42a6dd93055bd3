using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>
/// A network, or a cohort of networks that see the same batches, with weights of their own on the host, ready for steps of a fixed batch size: forward, then backward from a gradient in the logits.
/// </summary>
internal interface IBackpropagation<T> : IDisposable
    where T : unmanaged
{
    /// <summary>How many networks.</summary>
    int Members { get; }

    /// <summary>All weights in one piece, to be changed in place: per parameter [member, shape].</summary>
    Span<T> Weights { get; }

    /// <summary>The gradient that <see cref="Backward"/> left, in the order of <see cref="Weights"/>.</summary>
    ReadOnlySpan<T> Gradient { get; }

    /// <summary>The first member's weights as tensors in the network's shapes, sharing memory with <see cref="Weights"/>.</summary>
    IReadOnlyList<Tensor> Parameters { get; }

    /// <summary>The logits of a batch, [member, batch, outputs]; valid until the next call.</summary>
    ReadOnlySpan<T> Forward(Tensor inputs);

    /// <summary>Computes <see cref="Gradient"/> for the batch last seen by <see cref="Forward"/>.</summary>
    /// <param name="logitsGradient">dL/dlogits, [member, batch, outputs].</param>
    void Backward(ReadOnlySpan<T> logitsGradient);
}
