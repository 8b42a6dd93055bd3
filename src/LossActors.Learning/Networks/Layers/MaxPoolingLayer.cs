using System.Collections.Immutable;
using static TorchSharp.torch;

namespace LossActors.Learning.Networks.Layers;

/// <summary>The largest of each square of pixels.</summary>
/// <param name="Size">The square's side in pixels.</param>
public sealed record MaxPoolingLayer(int Size) : PoolingLayer(Size)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor inputs, ImmutableArray<int> input, LayerFeed feed) => nn.functional.max_pool2d(inputs, [Size, Size], [Stride, Stride]);
}
