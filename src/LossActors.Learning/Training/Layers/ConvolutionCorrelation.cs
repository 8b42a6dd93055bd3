using System.Numerics;

namespace LossActors.Learning.Training.Layers;

/// <summary>
/// dL/dw_ocij = Σ_{y,x} e_o(y, x) h_c(y + i, x + j) and dL/db_o = Σ e_o, over all instances. Each weight has a vector of partial sums, one per lane position, which are added up at
/// the end; a line of outputs and the lines under the kernel stay in the first cache while all weights take their share of them.
/// </summary>
internal sealed unsafe class ConvolutionCorrelation<T>(ConvolutionShape shape, int lanes) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // [output, tap] vectors, and a row to be discarded that completes the last pair of an odd number of outputs.
    private readonly HostTensor<T> _sums = new(shape.Outputs + 1, shape.Taps, Vector<T>.Count);
    private readonly HostTensor<T> _biasSums = new(shape.Outputs, Vector<T>.Count);

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        _sums.Span.Clear();
        _biasSums.Span.Clear();
    }

    /// <summary>Adds a block's share.</summary>
    /// <param name="gradients">e.</param>
    /// <param name="inputs">h.</param>
    /// <param name="withBias">Whether the bias has a share.</param>
    public void Add(T* gradients, T* inputs, bool withBias)
    {
        var (input, output) = (shape.Input, shape.Output);
        for (var y = 0; y < output.Height; y++)
        {
            var line = gradients + (y * output.Width * output.Channels * lanes);
            if (withBias)
            {
                AddBias(line);
            }

            for (var i = 0; i < shape.Kernel; i++)
            {
                AddLine(line, inputs + ((y + i) * input.Width * input.Channels * lanes), i * shape.Run);
            }
        }
    }

    /// <summary>Adds up the partial sums.</summary>
    /// <param name="kernel">Receives [output, channel, y, x].</param>
    /// <param name="bias">Receives [output].</param>
    public void Finish(Span<T> kernel, Span<T> bias)
    {
        var sums = _sums.Pointer;
        var w = Vector<T>.Count;
        for (var output = 0; output < shape.Outputs; output++)
        {
            bias[output] = Vector.Sum(Vector.Load(_biasSums.Pointer + (output * w)));
            for (var y = 0; y < shape.Kernel; y++)
            {
                for (var x = 0; x < shape.Kernel; x++)
                {
                    for (var channel = 0; channel < shape.Input.Channels; channel++)
                    {
                        kernel[shape.WeightIndex(output, channel, y, x)] = Vector.Sum(Vector.Load(sums));
                        sums += w;
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sums.Dispose();
        _biasSums.Dispose();
    }

    private void AddBias(T* line)
    {
        var sums = _biasSums.Pointer;
        var w = Vector<T>.Count;
        for (var pixel = 0; pixel < shape.Output.Width; pixel++)
        {
            for (var o = 0; o < shape.Outputs; o++)
            {
                var sum = (Vector.Load(line) + Vector.Load(line + w)) + (Vector.Load(line + (2 * w)) + Vector.Load(line + (3 * w)));
                (Vector.Load(sums + (o * w)) + sum).Store(sums + (o * w));
                line += lanes;
            }
        }
    }

    // One line of outputs against one line of inputs: the weights of one line of the kernel.
    private void AddLine(T* gradients, T* inputs, int firstTap)
    {
        var pixels = shape.Output.Width;
        var (gradientStride, inputStride) = (shape.Outputs * lanes, shape.Input.Channels * lanes);
        for (var tap = 0; tap < shape.Run;)
        {
            var isTile = tap + RegisterTiles<T>.Columns <= shape.Run;
            for (var o = 0; o < shape.Outputs; o += 2)
            {
                var first = gradients + (o * lanes);
                var second = o + 1 < shape.Outputs ? first + lanes : first;
                var sums = _sums.Pointer + (((o * shape.Taps) + firstTap + tap) * Vector<T>.Count);
                var secondSums = sums + (shape.Taps * Vector<T>.Count);
                if (isTile)
                {
                    RegisterTiles<T>.Correlate(first, second, gradientStride, inputs + (tap * lanes), inputStride, pixels, sums, secondSums);
                }
                else
                {
                    RegisterTiles<T>.CorrelateOne(first, second, gradientStride, inputs + (tap * lanes), inputStride, pixels, sums, secondSums);
                }
            }

            tap += isTile ? RegisterTiles<T>.Columns : 1;
        }
    }
}
