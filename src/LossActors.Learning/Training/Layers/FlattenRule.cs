using System.Numerics;

namespace LossActors.Learning.Training.Layers;

/// <summary>Blocks of maps, [block, y, x, c, lane], become the matrix [(c, y, x), instance] that dense layers multiply; backward and tangent are the same moves.</summary>
internal sealed unsafe class FlattenRule<T>(Flow<T> inputs) : ILayerRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public Flow<T> Outputs { get; } = new(new FlowShape(inputs.Shape.Size, 1, 1), 1, inputs.Blocks * inputs.Lanes, inputs.IsData, inputs.KeepsTangents);

    /// <inheritdoc/>
    public int Blocks => inputs.Blocks;

    /// <inheritdoc/>
    public void Forward(int block) => Gather(inputs.Block(block), Outputs.Values, block);

    /// <inheritdoc/>
    public void Backward(int block)
    {
        if (!inputs.IsData)
        {
            Scatter(Outputs.Gradient, inputs.Gradient, block);
        }
    }

    /// <inheritdoc/>
    public void Tangent(int block)
    {
        if (!inputs.IsData)
        {
            Gather(inputs.TangentBlock(block), Outputs.Tangents, block);
        }
    }

    /// <inheritdoc/>
    public void Curve(int block)
    {
        if (!inputs.IsData)
        {
            Scatter(Outputs.Gradient, inputs.Gradient, block);
            Scatter(Outputs.GradientTangent, inputs.GradientTangent, block);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Outputs.Dispose();

    private void Gather(T* maps, HostTensor<T> features, int block)
    {
        for (var row = 0; row < inputs.Shape.Size; row++)
        {
            new ReadOnlySpan<T>(maps + (row * inputs.Lanes), inputs.Lanes).CopyTo(Of(features.Span, row, block));
        }
    }

    private void Scatter(HostTensor<T> features, HostTensor<T> maps, int block)
    {
        for (var row = 0; row < inputs.Shape.Size; row++)
        {
            Of(features.Span, row, block).CopyTo(maps.Span[(row * inputs.Lanes)..]);
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
