using System.Collections.Immutable;

namespace LossActors.Learning.Networks.Layers;

/// <summary>One number for each square of pixels; pixels of an incomplete square at the right or lower edge are dropped.</summary>
/// <param name="Size">The square's side in pixels.</param>
public abstract record PoolingLayer(int Size) : Layer
{
    /// <summary>Pixels from one square to the next; side by side unless it is set.</summary>
    public int Stride { get; init; } = Size;

    /// <inheritdoc/>
    public sealed override ImmutableArray<int> OutputShape(ImmutableArray<int> input)
    {
        var (height, width) = new Window(Size, Stride, 0).Places(input, "Pooling");
        return [input[0], height, width];
    }
}
