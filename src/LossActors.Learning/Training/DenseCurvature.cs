using System.Numerics;
using LossActors.Learning.Networks;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>The backward half of <see cref="DenseTangent{T}"/>: tangents of the layers' gradients.</summary>
internal sealed class DenseCurvature<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DenseNetwork _network;
    private readonly DenseBackpropagation<T> _primal;
    private readonly HostTensor<T> _result;
    private readonly HostTensor<T>[] _deltas;
    private readonly HostTensor<T>[] _bent;
    private readonly Tensor[] _deltasTransposed;
    private readonly Tensor[] _matrices;
    private readonly int[] _biasOffsets;

    public DenseCurvature(DenseNetwork network, DenseBackpropagation<T> primal, int batch)
    {
        (_network, _primal) = (network, primal);
        var layers = network.Widths.Length - 1;
        _result = new HostTensor<T>(network.ParameterCount());
        _deltas = [.. network.Widths.Skip(1).Select(width => new HostTensor<T>(batch, width))];

        // Only a curved activation has a second derivative; relu's is 0.
        _bent = network.Activation == Activation.Relu ? [] : [.. network.Widths.Skip(1).SkipLast(1).Select(width => new HostTensor<T>(batch, width))];
        _deltasTransposed = [.. _deltas.Select(delta => delta.Tensor.t().DetachFromDisposeScope())];
        _matrices = new Tensor[layers];
        _biasOffsets = new int[layers];
        var offset = 0L;
        for (var layer = 0; layer < layers; layer++)
        {
            var (weight, bias) = (network.ParameterShapes[2 * layer], network.ParameterShapes[(2 * layer) + 1]);
            _matrices[layer] = _result.View(offset, weight);
            offset += weight.Size();
            _biasOffsets[layer] = (int)offset;
            offset += bias.Size();
        }
    }

    /// <summary>See <see cref="DenseTangent{T}.Backward"/>.</summary>
    /// <param name="logitsGradientTangent">Row-major [batch, outputs].</param>
    /// <param name="direction">Its weight matrices, [out, in].</param>
    /// <param name="tangents">dh of each layer, [batch, out].</param>
    /// <param name="result">One entry per weight.</param>
    public void Backward(ReadOnlySpan<T> logitsGradientTangent, Tensor[] direction, HostTensor<T>[] tangents, Span<T> result)
    {
        using var scope = NewDisposeScope();
        logitsGradientTangent.CopyTo(_deltas[^1].Span);
        for (var layer = _deltas.Length - 1; layer >= 0; layer--)
        {
            _matrices[layer].addmm_(_deltasTransposed[layer], _primal.Inputs(layer), 0, 1);
            DenseBackpropagation<T>.SumRows(_deltas[layer].Span, _result.Span.Slice(_biasOffsets[layer], _network.Widths[layer + 1]));
            if (layer == 0)
            {
                break;
            }

            _matrices[layer].addmm_(_primal.DeltasTransposed(layer), tangents[layer - 1].Tensor);
            var below = _deltas[layer - 1];
            below.Tensor.addmm_(_deltas[layer].Tensor, _primal.Matrix(layer), 0, 1);
            below.Tensor.addmm_(_primal.Deltas(layer), direction[layer]);
            var outputs = Losses.Vectors.Of<T>(_primal.Inputs(layer));
            DenseDerivatives.ThroughActivation(_network.Activation, outputs, below.Span);
            if (_bent.Length > 0)
            {
                _bent[layer - 1].Tensor.addmm_(_primal.Deltas(layer), _primal.Matrix(layer), 0, 1);
                DenseDerivatives.AddBend(outputs, tangents[layer - 1].Span, _bent[layer - 1].Span, below.Span);
            }
        }

        _result.Span.CopyTo(result);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var view in (Tensor[])[.. _deltasTransposed, .. _matrices])
        {
            view.Dispose();
        }

        foreach (var buffer in (HostTensor<T>[])[_result, .. _deltas, .. _bent])
        {
            buffer.Dispose();
        }
    }
}
