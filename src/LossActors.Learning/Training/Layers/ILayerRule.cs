using System.Numerics;

namespace LossActors.Learning.Training.Layers;

/// <summary>
/// How one layer is differentiated by hand, on the buffers of the <see cref="Flow{T}"/> it reads and the one it fills. A batch passes in blocks, so that what one layer left in the
/// cache the next one finds there; each method is called with blocks 0, 1, … in order, and a pass over the weights begins with block 0.
/// Tensors that a method leaves undisposed are the caller's scope's.
/// </summary>
internal interface ILayerRule<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Where the layer's outputs go; the same as its inputs' if it works in place.</summary>
    Flow<T> Outputs { get; }

    /// <summary>How many blocks the layer takes a batch in.</summary>
    int Blocks { get; }

    /// <summary>Computes a block's outputs.</summary>
    void Forward(int block);

    /// <summary>From a block's output gradient: its input gradient, unless the inputs are data, and its share of the weights' gradient.</summary>
    void Backward(int block);

    /// <summary>The derivative of a block's outputs along the parameters' direction, after <see cref="Forward"/>.</summary>
    void Tangent(int block);

    /// <summary>
    /// <see cref="Backward"/> and its derivative along the direction, after <see cref="Tangent"/>: from a block's output gradient and that one's tangent both for the inputs, unless they
    /// are data, and a share of the tangent of the weights' gradient, but not of that gradient itself.
    /// </summary>
    void Curve(int block);
}
