using System.Collections.Immutable;
using static TorchSharp.torch;

namespace LossActors.Learning.Networks.Layers;

/// <summary>The mean of each square of pixels, squares side by side; pixels of an incomplete square at the right or lower edge are dropped.</summary>
/// <param name="Size">The square's side in pixels.</param>
public sealed record AveragePoolingLayer(int Size) : Layer
{
    /// <inheritdoc/>
    public override ImmutableArray<int> OutputShape(ImmutableArray<int> input) =>
        input is [var channels, var height, var width] && Math.Min(height, width) >= Size
            ? [channels, height / Size, width / Size]
            : throw new NetworkException($"Pooling of {Size}×{Size} pixels needs maps of at least its size, not [{string.Join(", ", input)}].");

    /// <inheritdoc/>
    public override Tensor Forward(Tensor inputs, ReadOnlySpan<Tensor> parameters) => nn.functional.avg_pool2d(inputs, [Size, Size]);
}
