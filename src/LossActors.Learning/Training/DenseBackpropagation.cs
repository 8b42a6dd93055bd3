using System.Numerics;
using LossActors.Learning.Networks;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>
/// Dense layers differentiated by hand: libtorch multiplies matrices in buffers that are allocated once, the rest is vector code. For small
/// networks autograd's bookkeeping costs several times the arithmetic.
/// </summary>
internal sealed class DenseBackpropagation<T> : IBackpropagation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DenseNetwork _network;
    private readonly int _batch;
    private readonly int _layers;
    private readonly HostTensor<T> _weights;
    private readonly HostTensor<T> _gradient;
    private readonly HostTensor<T>[] _outputs;
    private readonly HostTensor<T>[] _deltas;
    private readonly Tensor[] _parameters;
    private readonly Tensor[] _transposed;
    private readonly Tensor[] _deltasTransposed;
    private readonly Tensor[] _weightGradients;
    private readonly int[] _biasOffsets;
    private Tensor? _inputs;

    public DenseBackpropagation(DenseNetwork network, int batch)
    {
        _network = network;
        _batch = batch;
        _layers = network.Widths.Length - 1;
        _weights = new HostTensor<T>(network.ParameterCount());
        _gradient = new HostTensor<T>(network.ParameterCount());
        _outputs = [.. network.Widths.Skip(1).Select(width => new HostTensor<T>(batch, width))];
        _deltas = [.. network.Widths.Skip(1).Select(width => new HostTensor<T>(batch, width))];
        _parameters = new Tensor[2 * _layers];
        _transposed = new Tensor[_layers];
        _deltasTransposed = new Tensor[_layers];
        _weightGradients = new Tensor[_layers];
        _biasOffsets = new int[_layers];
        var offset = 0L;
        for (var layer = 0; layer < _layers; layer++)
        {
            var (weight, bias) = (network.ParameterShapes[2 * layer], network.ParameterShapes[(2 * layer) + 1]);
            _parameters[2 * layer] = _weights.View(offset, weight);
            _weightGradients[layer] = _gradient.View(offset, weight);
            _transposed[layer] = _parameters[2 * layer].t().DetachFromDisposeScope();
            _deltasTransposed[layer] = _deltas[layer].Tensor.t().DetachFromDisposeScope();
            offset += weight.Size();
            _biasOffsets[layer] = (int)offset;
            _parameters[(2 * layer) + 1] = _weights.View(offset, bias);
            offset += bias.Size();
        }
    }

    /// <inheritdoc/>
    public Span<T> Weights => _weights.Span;

    /// <inheritdoc/>
    public ReadOnlySpan<T> Gradient => _gradient.Span;

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Parameters => _parameters;

    /// <inheritdoc/>
    public ReadOnlySpan<T> Forward(Tensor inputs)
    {
        _inputs = inputs;
        using var scope = NewDisposeScope();
        for (var layer = 0; layer < _layers; layer++)
        {
            var output = _outputs[layer];
            var width = _network.Widths[layer + 1];
            var bias = _weights.Span.Slice(_biasOffsets[layer], width);
            for (var row = 0; row < _batch; row++)
            {
                bias.CopyTo(output.Span[(row * width)..]);
            }

            output.Tensor.addmm_(Inputs(layer), _transposed[layer]);
            if (layer < _layers - 1)
            {
                _ = _network.Activation == Activation.Relu ? output.Tensor.relu_() : output.Tensor.tanh_();
            }
        }

        return _outputs[^1].Span;
    }

    /// <inheritdoc/>
    public void Backward(ReadOnlySpan<T> logitsGradient)
    {
        Propagate(logitsGradient);
        for (var layer = 0; layer < _layers; layer++)
        {
            // With beta = 0 what the buffer held is ignored, NaN included.
            _weightGradients[layer].addmm_(_deltasTransposed[layer], Inputs(layer), 0, 1);
            SumRows(_deltas[layer].Span, _gradient.Span.Slice(_biasOffsets[layer], _network.Widths[layer + 1]));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var view in (Tensor[])[.. _parameters, .. _transposed, .. _deltasTransposed, .. _weightGradients])
        {
            view.Dispose();
        }

        foreach (var buffer in (HostTensor<T>[])[_weights, _gradient, .. _outputs, .. _deltas])
        {
            buffer.Dispose();
        }
    }

    /// <summary>What a layer saw in the last forward pass: the batch, or the activations of the layer before.</summary>
    internal Tensor Inputs(int layer) => layer > 0
        ? _outputs[layer - 1].Tensor
        : _inputs ?? throw new InvalidOperationException("Backward comes after Forward.");

    /// <summary>A layer's weight matrix, transposed, [in, out].</summary>
    internal Tensor Transposed(int layer) => _transposed[layer];

    /// <summary>The first half of <see cref="Backward"/>: dL/dz of every layer, not yet the weights' gradient.</summary>
    internal void Propagate(ReadOnlySpan<T> logitsGradient)
    {
        logitsGradient.CopyTo(_deltas[^1].Span);
        for (var layer = _layers - 1; layer > 0; layer--)
        {
            _deltas[layer - 1].Tensor.addmm_(_deltas[layer].Tensor, _parameters[2 * layer], 0, 1);
            DenseDerivatives.ThroughActivation(_network.Activation, _outputs[layer - 1].Span, _deltas[layer - 1].Span);
        }
    }

    /// <summary>dL/dz of a layer, transposed, [out, batch], as the last backward pass left it.</summary>
    internal Tensor DeltasTransposed(int layer) => _deltasTransposed[layer];

    /// <summary>dL/dz of a layer, [batch, out].</summary>
    internal Tensor Deltas(int layer) => _deltas[layer].Tensor;

    /// <summary>A layer's weight matrix, [out, in].</summary>
    internal Tensor Matrix(int layer) => _parameters[2 * layer];

    /// <summary>Adds up the rows.</summary>
    internal static void SumRows(ReadOnlySpan<T> rows, Span<T> sums)
    {
        sums.Clear();
        var width = sums.Length;
        for (var row = 0; row < rows.Length; row += width)
        {
            DenseDerivatives.Add(rows.Slice(row, width), sums);
        }
    }
}
