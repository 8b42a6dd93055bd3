using System.Numerics;

namespace LossActors.Learning.Training.Layers;

/// <summary>
/// dL/dh_c(y, x) = Σ_{o,i,j} w_ocij e_o(y − i, x − j). The kernel is turned round, so that the gradient's rows are read forward; near an edge only the taps that meet an output are
/// multiplied, which is what a padded convolution would waste its time on.
/// </summary>
internal sealed unsafe class ConvolutionInputGradient<T>(ConvolutionShape shape, Flow<T> inputs, Flow<T> outputs) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly WeightPanels<T> _panels = new(shape.Input.Channels, shape.Kernel * shape.Kernel * shape.Outputs);
    private readonly HostTensor<T> _zeros = new(2, inputs.Lanes);
    private readonly HostTensor<T> _discarded = new(inputs.Lanes);

    /// <summary>Fills the inputs' gradient.</summary>
    /// <param name="block">Which.</param>
    /// <param name="kernel">[output, channel, y, x].</param>
    public void Backward(int block, ReadOnlySpan<T> kernel)
    {
        if (block == 0)
        {
            Pack(kernel);
        }

        var (input, output, lanes, side) = (shape.Input, shape.Output, inputs.Lanes, shape.Kernel);
        var (pixel, line) = (output.Channels * lanes, output.Width * output.Channels * lanes);
        var result = inputs.Gradient.Pointer;
        for (var y = 0; y < input.Height; y++)
        {
            var (top, bottom) = (Math.Max(0, y - side + 1), Math.Min(output.Height - 1, y));
            for (var x = 0; x < input.Width; x++)
            {
                var (left, right) = (Math.Max(0, x - side + 1), Math.Min(output.Width - 1, x));
                var gradient = outputs.Gradient.Pointer + (top * line) + (left * pixel);
                var tap = (((side - 1 - y + top) * side) + side - 1 - x + left) * output.Channels;
                for (var c = 0; c < input.Channels; c += 2)
                {
                    var second = c + 1 < input.Channels ? result + lanes : _discarded.Pointer;
                    RegisterTiles<T>.WeightedSums(
                        _zeros.Pointer, _panels.At(c, tap), 2 * side * output.Channels, gradient, line, bottom - top + 1, (right - left + 1) * output.Channels, result, second);
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

    private void Pack(ReadOnlySpan<T> kernel)
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
}
