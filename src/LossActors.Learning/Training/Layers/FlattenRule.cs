using System.Numerics;

namespace LossActors.Learning.Training.Layers;

/// <summary>Blocks of maps, [block, y, x, c, lane], become the matrix [(c, y, x), instance] that dense layers multiply; backward and tangent are the same moves.</summary>
internal sealed class FlattenRule<T>(Flow<T> inputs) : ILayerRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public Flow<T> Outputs { get; } = new(new FlowShape(inputs.Shape.Size, 1, 1), 1, inputs.Blocks * inputs.Lanes, inputs.IsData);

    /// <inheritdoc/>
    public int Blocks => inputs.Blocks;

    /// <inheritdoc/>
    public void Forward(int block) => Gather(inputs.Values.Span.Slice(block * inputs.BlockSize, inputs.BlockSize), Outputs.Values.Span, block);

    /// <inheritdoc/>
    public void Backward(int block)
    {
        if (inputs.IsData)
        {
            return;
        }

        for (var row = 0; row < inputs.Shape.Size; row++)
        {
            Of(Outputs.Gradient.Span, row, block).CopyTo(inputs.Gradient.Span[(row * inputs.Lanes)..]);
        }
    }

    /// <inheritdoc/>
    public void Tangent(int block)
    {
        if (!inputs.IsData)
        {
            Gather(inputs.Tangent.Span, Outputs.Tangent.Span, block);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Outputs.Dispose();

    private void Gather(ReadOnlySpan<T> maps, Span<T> features, int block)
    {
        for (var row = 0; row < inputs.Shape.Size; row++)
        {
            maps.Slice(row * inputs.Lanes, inputs.Lanes).CopyTo(Of(features, row, block));
        }
    }

    // Where the instances of a block stand that hold a row (y, x, c) of its maps.
    private Span<T> Of(Span<T> features, int row, int block)
    {
        var (pixel, channel) = Math.DivRem(row, inputs.Shape.Channels);
        var feature = (channel * inputs.Shape.Height * inputs.Shape.Width) + pixel;
        return features.Slice((feature * Outputs.Lanes) + (block * inputs.Lanes), inputs.Lanes);
    }
}
