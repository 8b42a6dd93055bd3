using System.Numerics;

namespace LossActors.Learning.Training.Layers;

/// <summary>The mean of each s × s square of pixels: h′ = Σ h / s², backward dL/dh = dL/dh′ / s², and 0 for pixels of no square. Tangents pass as values do.</summary>
internal sealed unsafe class AveragePoolingRule<T>(Flow<T> inputs, int size) : ILayerRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector<T> _share = Vector.Create(T.One / T.CreateChecked(size * size));

    /// <inheritdoc/>
    public Flow<T> Outputs { get; } = inputs.Next(
        new FlowShape(inputs.Shape.Channels, inputs.Shape.Height / size, inputs.Shape.Width / size), inputs.IsData);

    /// <inheritdoc/>
    public int Blocks => inputs.Blocks;

    // Numbers of one pixel, and of one line of pixels that go in.
    private int Pixel => inputs.Shape.Channels * inputs.Lanes;

    private int Line => inputs.Shape.Width * Pixel;

    /// <inheritdoc/>
    public void Forward(int block) => Pool(inputs.Block(block), Outputs.Block(block));

    /// <inheritdoc/>
    public void Tangent(int block)
    {
        if (!inputs.IsData)
        {
            Pool(inputs.TangentBlock(block), Outputs.TangentBlock(block));
        }
    }

    /// <inheritdoc/>
    public void Backward(int block)
    {
        if (!inputs.IsData)
        {
            Unpool(Outputs.Gradient, inputs.Gradient);
        }
    }

    /// <inheritdoc/>
    public void Curve(int block)
    {
        if (!inputs.IsData)
        {
            Unpool(Outputs.Gradient, inputs.Gradient);
            Unpool(Outputs.GradientTangent, inputs.GradientTangent);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Outputs.Dispose();

    private void Pool(T* from, T* to)
    {
        for (var y = 0; y < Outputs.Shape.Height; y++)
        {
            for (var x = 0; x < Outputs.Shape.Width; x++)
            {
                Mean(from + (y * size * Line) + (x * size * Pixel), to);
                to += Pixel;
            }
        }
    }

    private void Unpool(HostTensor<T> from, HostTensor<T> to)
    {
        var shape = Outputs.Shape;
        if (shape.Height * size != inputs.Shape.Height || shape.Width * size != inputs.Shape.Width)
        {
            to.Span.Clear();
        }

        var gradient = from.Pointer;
        for (var y = 0; y < shape.Height; y++)
        {
            for (var x = 0; x < shape.Width; x++)
            {
                Spread(gradient, to.Pointer + (y * size * Line) + (x * size * Pixel));
                gradient += Pixel;
            }
        }
    }

    private void Mean(T* square, T* mean)
    {
        new Span<T>(mean, Pixel).Clear();
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                AddScaled(square + (y * Line) + (x * Pixel), mean);
            }
        }
    }

    private void Spread(T* gradient, T* square)
    {
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                Scale(gradient, square + (y * Line) + (x * Pixel));
            }
        }
    }

    private void AddScaled(T* pixel, T* sums)
    {
        var (share, count) = (_share, Pixel);
        for (var i = 0; i < count; i += Vector<T>.Count)
        {
            Lane.MultiplyAdd(Vector.Load(pixel + i), share, Vector.Load(sums + i)).Store(sums + i);
        }
    }

    private void Scale(T* gradient, T* pixel)
    {
        var (share, count) = (_share, Pixel);
        for (var i = 0; i < count; i += Vector<T>.Count)
        {
            (Vector.Load(gradient + i) * share).Store(pixel + i);
        }
    }
}
