using System.Collections.Immutable;
using static TorchSharp.torch;

namespace LossActors.Learning.Networks.Layers;

/// <summary>The mean of each square of pixels; pixels of an incomplete square at the right or lower edge are dropped.</summary>
/// <param name="Size">The square's side in pixels.</param>
public sealed record AveragePoolingLayer(int Size) : Layer
{
    /// <summary>Pixels from one square to the next; side by side unless it is set.</summary>
    public int Stride { get; init; } = Size;

    /// <inheritdoc/>
    public override ImmutableArray<int> OutputShape(ImmutableArray<int> input)
    {
        var (height, width) = new Window(Size, Stride, 0).Places(input, "Pooling");
        return [input[0], height, width];
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor inputs, ImmutableArray<int> input, LayerFeed feed) => nn.functional.avg_pool2d(inputs, [Size, Size], [Stride, Stride]);
}
