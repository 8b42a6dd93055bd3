using System.Collections.Immutable;
using static TorchSharp.torch;

namespace LossActors.Learning.Networks.Layers;

/// <summary>The mean of each square of pixels.</summary>
/// <param name="Size">The square's side in pixels.</param>
public sealed record AveragePoolingLayer(int Size) : PoolingLayer(Size)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor inputs, ImmutableArray<int> input, LayerFeed feed) => nn.functional.avg_pool2d(inputs, [Size, Size], [Stride, Stride]);
}
