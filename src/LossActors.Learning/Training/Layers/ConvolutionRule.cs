using System.Numerics;

namespace LossActors.Learning.Training.Layers;

/// <summary>
/// An unpadded convolution of stride 1, computed directly: no im2col. For each pixel (y, x),
/// z_o = b_o + Σ_{c,i,j} w_ocij h_c(y + i, x + j), and backward from e = dL/dz: dL/dh_c(y, x) = Σ_{o,i,j} w_ocij e_o(y − i, x − j) over the (i, j) that stay inside,
/// dL/dw_ocij = Σ_{y,x} e_o(y, x) h_c(y + i, x + j), dL/db_o = Σ e_o. Tangent: dz = db + dw ∗ h + w ∗ dh.
/// </summary>
internal sealed unsafe class ConvolutionRule<T> : ILayerRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Flow<T> _inputs;
    private readonly ConvolutionShape _shape;
    private readonly Parameter<T> _kernel;
    private readonly Parameter<T> _bias;
    private readonly WeightPanels<T> _panels;
    private readonly WeightPanels<T> _directionPanels;
    private readonly HostTensor<T> _start;
    private readonly HostTensor<T> _discarded = new(Flow<T>.BlockLanes);
    private readonly ConvolutionInputGradient<T>? _inputGradient;
    private readonly ConvolutionWeightGradient<T> _weightGradient;

    public ConvolutionRule(Flow<T> inputs, int outputs, Parameter<T> kernel, Parameter<T> bias)
    {
        (_inputs, _kernel, _bias) = (inputs, kernel, bias);
        _shape = new ConvolutionShape(inputs.Shape, outputs, (int)kernel.Shape[^1]);
        Outputs = new Flow<T>(_shape.Output, inputs.Blocks, inputs.Lanes, isData: false);
        (_panels, _directionPanels) = (new WeightPanels<T>(outputs, _shape.Taps), new WeightPanels<T>(outputs, _shape.Taps));
        _start = new HostTensor<T>(outputs + 1, inputs.Lanes);
        _inputGradient = inputs.IsData ? null : new ConvolutionInputGradient<T>(_shape, inputs, Outputs);
        _weightGradient = new ConvolutionWeightGradient<T>(_shape, inputs, Outputs);
    }

    /// <inheritdoc/>
    public Flow<T> Outputs { get; }

    /// <inheritdoc/>
    public int Blocks => _inputs.Blocks;

    /// <inheritdoc/>
    public void Forward(int block)
    {
        if (block == 0)
        {
            Begin(_panels, _kernel.Weights, _bias.Weights);
        }

        Convolve(_panels, _inputs.Block(block), Outputs.Block(block), isSum: false);
    }

    /// <inheritdoc/>
    public void Backward(int block)
    {
        _inputGradient?.Backward(block, _kernel.Weights);
        _weightGradient.Backward(block, _kernel.Gradient, _bias.Gradient);
    }

    /// <inheritdoc/>
    public void Tangent(int block)
    {
        if (block == 0)
        {
            Begin(_directionPanels, _kernel.Direction, _bias.Direction);
        }

        var tangent = Outputs.Tangent.Pointer;
        Convolve(_directionPanels, _inputs.Block(block), tangent, isSum: false);
        if (!_inputs.IsData)
        {
            Convolve(_panels, _inputs.Tangent.Pointer, tangent, isSum: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Outputs.Dispose();
        _panels.Dispose();
        _directionPanels.Dispose();
        _start.Dispose();
        _discarded.Dispose();
        _inputGradient?.Dispose();
        _weightGradient.Dispose();
    }

    private void Begin(WeightPanels<T> panels, ReadOnlySpan<T> kernel, ReadOnlySpan<T> bias)
    {
        for (var output = 0; output < _shape.Outputs; output++)
        {
            _start.Span.Slice(output * _inputs.Lanes, _inputs.Lanes).Fill(bias[output]);
            var column = 0;
            for (var y = 0; y < _shape.Kernel; y++)
            {
                for (var x = 0; x < _shape.Kernel; x++)
                {
                    for (var channel = 0; channel < _shape.Input.Channels; channel++)
                    {
                        panels.Set(output, column++, kernel[_shape.WeightIndex(output, channel, y, x)]);
                    }
                }
            }
        }
    }

    private void Convolve(WeightPanels<T> panels, T* inputs, T* outputs, bool isSum)
    {
        var (input, output, lanes) = (_shape.Input, _shape.Output, _inputs.Lanes);
        var line = input.Width * input.Channels * lanes;
        for (var y = 0; y < output.Height; y++)
        {
            for (var x = 0; x < output.Width; x++)
            {
                var under = inputs + (y * line) + (x * input.Channels * lanes);
                for (var o = 0; o < output.Channels; o += 2)
                {
                    var second = o + 1 < output.Channels ? outputs + lanes : _discarded.Pointer;
                    RegisterTiles<T>.WeightedSums(
                        isSum ? outputs : _start.Pointer + (o * lanes), panels.At(o, 0), 2 * _shape.Run, under, line, _shape.Kernel, _shape.Run, outputs, second);
                    outputs += lanes * Math.Min(2, output.Channels - o);
                }
            }
        }
    }
}
