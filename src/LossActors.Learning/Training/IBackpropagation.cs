using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>A network with weights of its own on the host, ready for steps of a fixed batch size: forward, then backward from a gradient in the logits.</summary>
internal interface IBackpropagation<T> : IDisposable
    where T : unmanaged
{
    /// <summary>All weights in one piece, to be changed in place.</summary>
    Span<T> Weights { get; }

    /// <summary>The gradient that <see cref="Backward"/> left, in the order of <see cref="Weights"/>.</summary>
    ReadOnlySpan<T> Gradient { get; }

    /// <summary>The weights as tensors in the network's shapes, sharing memory with <see cref="Weights"/>.</summary>
    IReadOnlyList<Tensor> Parameters { get; }

    /// <summary>The logits of a batch, row-major; valid until the next call.</summary>
    ReadOnlySpan<T> Forward(Tensor inputs);

    /// <summary>Computes <see cref="Gradient"/> for the batch last seen by <see cref="Forward"/>.</summary>
    /// <param name="logitsGradient">dL/dlogits, row-major.</param>
    void Backward(ReadOnlySpan<T> logitsGradient);
}
