using System.Numerics;

namespace LossActors.Learning.Training.Layers;

/// <summary>z_o(y, x) = b_o + Σ_{c,i,j} w_ocij h_c(y + i, x + j) on a block of lanes, directly: no im2col.</summary>
internal sealed unsafe class ConvolutionProduct<T>(ConvolutionShape shape, int lanes) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly WeightPanels<T> _panels = new(shape.Outputs, shape.Taps);

    // A row per output, each its bias over and over, and one that completes the last pair of an odd number of outputs.
    private readonly HostTensor<T> _biases = new(shape.Outputs + 1, lanes);
    private readonly HostTensor<T> _discarded = new(lanes);

    /// <summary>Takes the weights over.</summary>
    /// <param name="kernel">[output, channel, y, x].</param>
    /// <param name="bias">[output].</param>
    public void Pack(ReadOnlySpan<T> kernel, ReadOnlySpan<T> bias)
    {
        for (var output = 0; output < shape.Outputs; output++)
        {
            _biases.Span.Slice(output * lanes, lanes).Fill(bias[output]);
            var column = 0;
            for (var y = 0; y < shape.Kernel; y++)
            {
                for (var x = 0; x < shape.Kernel; x++)
                {
                    for (var channel = 0; channel < shape.Input.Channels; channel++)
                    {
                        _panels.Set(output, column++, kernel[shape.WeightIndex(output, channel, y, x)]);
                    }
                }
            }
        }
    }

    /// <summary>Computes a block.</summary>
    /// <param name="inputs">h.</param>
    /// <param name="outputs">Receives z.</param>
    /// <param name="isSum">Whether what is there stays, and takes the place of the bias.</param>
    public void Apply(T* inputs, T* outputs, bool isSum)
    {
        var (input, output) = (shape.Input, shape.Output);
        var line = input.Width * input.Channels * lanes;
        for (var y = 0; y < output.Height; y++)
        {
            for (var x = 0; x < output.Width; x++)
            {
                var under = inputs + (y * line) + (x * input.Channels * lanes);
                for (var o = 0; o < output.Channels; o += 2)
                {
                    var second = o + 1 < output.Channels ? outputs + lanes : _discarded.Pointer;
                    var bias = _biases.Pointer + (o * lanes);
                    RegisterTiles<T>.WeightedSums(
                        isSum ? outputs : bias, isSum ? second : bias + lanes, _panels.At(o, 0), 2 * shape.Run, under, line, shape.Kernel, shape.Run, outputs, second);
                    outputs += lanes * Math.Min(2, output.Channels - o);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _panels.Dispose();
        _biases.Dispose();
        _discarded.Dispose();
    }
}
