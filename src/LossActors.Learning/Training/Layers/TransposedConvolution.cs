using System.Numerics;

namespace LossActors.Learning.Training.Layers;

/// <summary>
/// d_c(y, x) = Σ_{o,i,j} w_ocij e_o(y − i, x − j) on a block of lanes: the gradient in a convolution's inputs from that in its outputs. The kernel is turned round, so that the
/// gradient's rows are read forward; near an edge only the taps that meet an output are multiplied, where a padded convolution would multiply zeros.
/// </summary>
internal sealed unsafe class TransposedConvolution<T>(ConvolutionShape shape, int lanes) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly WeightPanels<T> _panels = new(shape.Input.Channels, shape.Kernel * shape.Kernel * shape.Outputs);
    private readonly HostTensor<T> _zeros = new(lanes);
    private readonly HostTensor<T> _discarded = new(lanes);

    /// <summary>Takes the weights over.</summary>
    /// <param name="kernel">[output, channel, y, x].</param>
    public void Pack(ReadOnlySpan<T> kernel)
    {
        for (var channel = 0; channel < shape.Input.Channels; channel++)
        {
            var column = 0;
            for (var y = shape.Kernel - 1; y >= 0; y--)
            {
                for (var x = shape.Kernel - 1; x >= 0; x--)
                {
                    for (var output = 0; output < shape.Outputs; output++)
                    {
                        _panels.Set(channel, column++, kernel[shape.WeightIndex(output, channel, y, x)]);
                    }
                }
            }
        }
    }

    /// <summary>Computes a block.</summary>
    /// <param name="gradients">e.</param>
    /// <param name="result">Receives d.</param>
    /// <param name="isSum">Whether what is there stays.</param>
    public void Apply(T* gradients, T* result, bool isSum)
    {
        var (input, output, side) = (shape.Input, shape.Output, shape.Kernel);
        var (pixel, line) = (output.Channels * lanes, output.Width * output.Channels * lanes);
        for (var y = 0; y < input.Height; y++)
        {
            var (top, bottom) = (Math.Max(0, y - side + 1), Math.Min(output.Height - 1, y));
            for (var x = 0; x < input.Width; x++)
            {
                var (left, right) = (Math.Max(0, x - side + 1), Math.Min(output.Width - 1, x));
                var met = gradients + (top * line) + (left * pixel);
                var tap = (((side - 1 - y + top) * side) + side - 1 - x + left) * output.Channels;
                for (var c = 0; c < input.Channels; c += 2)
                {
                    var second = c + 1 < input.Channels ? result + lanes : _discarded.Pointer;
                    RegisterTiles<T>.WeightedSums(
                        isSum ? result : _zeros.Pointer,
                        isSum ? second : _zeros.Pointer,
                        _panels.At(c, tap),
                        2 * side * output.Channels,
                        met,
                        line,
                        bottom - top + 1,
                        (right - left + 1) * output.Channels,
                        result,
                        second);
                    result += lanes * Math.Min(2, input.Channels - c);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _panels.Dispose();
        _zeros.Dispose();
        _discarded.Dispose();
    }
}
