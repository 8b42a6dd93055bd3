using System.Numerics;

namespace LossActors.Learning.Training.Layers;

/// <summary>
/// dL/dw_ocij = Σ_{y,x} e_o(y, x) h_c(y + i, x + j) and dL/db_o = Σ e_o, over all instances. Each weight has a vector of partial sums, one per lane position, which are added up after
/// the last block; a line of outputs and the lines under the kernel stay in the first cache while all weights take their share of them.
/// </summary>
internal sealed unsafe class ConvolutionWeightGradient<T>(ConvolutionShape shape, Flow<T> inputs, Flow<T> outputs) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // [output, tap] vectors, and a row to be discarded that completes the last pair of an odd number of outputs.
    private readonly HostTensor<T> _sums = new(shape.Outputs + 1, shape.Taps, Vector<T>.Count);
    private readonly HostTensor<T> _biasSums = new(shape.Outputs, Vector<T>.Count);

    /// <summary>Takes a block's share; after the last one the sums are complete.</summary>
    /// <param name="block">Which.</param>
    /// <param name="kernelGradient">[output, channel, y, x].</param>
    /// <param name="biasGradient">[output].</param>
    public void Backward(int block, Span<T> kernelGradient, Span<T> biasGradient)
    {
        if (block == 0)
        {
            _sums.Span.Clear();
            _biasSums.Span.Clear();
        }

        var (input, output, lanes) = (shape.Input, shape.Output, inputs.Lanes);
        for (var y = 0; y < output.Height; y++)
        {
            var gradient = outputs.Gradient.Pointer + (y * output.Width * output.Channels * lanes);
            AddBias(gradient);
            for (var i = 0; i < shape.Kernel; i++)
            {
                AddLine(gradient, inputs.Block(block) + ((y + i) * input.Width * input.Channels * lanes), i * shape.Run);
            }
        }

        if (block == inputs.Blocks - 1)
        {
            Finish(kernelGradient, biasGradient);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sums.Dispose();
        _biasSums.Dispose();
    }

    private void AddBias(T* gradient)
    {
        var sums = _biasSums.Pointer;
        var w = Vector<T>.Count;
        for (var pixel = 0; pixel < shape.Output.Width; pixel++)
        {
            for (var o = 0; o < shape.Outputs; o++)
            {
                var sum = (Vector.Load(gradient) + Vector.Load(gradient + w)) + (Vector.Load(gradient + (2 * w)) + Vector.Load(gradient + (3 * w)));
                (Vector.Load(sums + (o * w)) + sum).Store(sums + (o * w));
                gradient += inputs.Lanes;
            }
        }
    }

    // One line of outputs against one line of inputs: the weights of one line of the kernel.
    private void AddLine(T* gradient, T* line, int firstTap)
    {
        var (lanes, pixels) = (inputs.Lanes, shape.Output.Width);
        var (gradientStride, inputStride) = (shape.Outputs * lanes, shape.Input.Channels * lanes);
        for (var tap = 0; tap < shape.Run;)
        {
            var isTile = tap + RegisterTiles<T>.Columns <= shape.Run;
            for (var o = 0; o < shape.Outputs; o += 2)
            {
                var first = gradient + (o * lanes);
                var second = o + 1 < shape.Outputs ? first + lanes : first;
                var sums = _sums.Pointer + (((o * shape.Taps) + firstTap + tap) * Vector<T>.Count);
                var secondSums = sums + (shape.Taps * Vector<T>.Count);
                if (isTile)
                {
                    RegisterTiles<T>.Correlate(first, second, gradientStride, line + (tap * lanes), inputStride, pixels, sums, secondSums);
                }
                else
                {
                    RegisterTiles<T>.CorrelateOne(first, second, gradientStride, line + (tap * lanes), inputStride, pixels, sums, secondSums);
                }
            }

            tap += isTile ? RegisterTiles<T>.Columns : 1;
        }
    }

    private void Finish(Span<T> kernelGradient, Span<T> biasGradient)
    {
        var sums = _sums.Pointer;
        var w = Vector<T>.Count;
        for (var output = 0; output < shape.Outputs; output++)
        {
            biasGradient[output] = Vector.Sum(Vector.Load(_biasSums.Pointer + (output * w)));
            for (var y = 0; y < shape.Kernel; y++)
            {
                for (var x = 0; x < shape.Kernel; x++)
                {
                    for (var channel = 0; channel < shape.Input.Channels; channel++)
                    {
                        kernelGradient[shape.WeightIndex(output, channel, y, x)] = Vector.Sum(Vector.Load(sums));
                        sums += w;
                    }
                }
            }
        }
    }
}
