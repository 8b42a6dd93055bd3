using System.Numerics;
using LossActors.Learning.Networks;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>
/// Forward-mode differentiation of dense layers, which TorchSharp does not have: the directional derivative (JVP) of the logits along a direction in
/// weight space, at the weights and batch of a backpropagation's last forward pass. Per layer: dz = dh Wᵀ + h dWᵀ + db, dh = a′(z) ⊙ dz.
/// And, forward over reverse (Pearlmutter, 1994), of the gradient: the Hessian's product with the direction.
/// </summary>
internal sealed class DenseTangent<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DenseNetwork _network;
    private readonly DenseBackpropagation<T> _primal;
    private readonly int _batch;
    private readonly HostTensor<T> _direction;
    private readonly HostTensor<T>[] _tangents;
    private readonly Tensor[] _directionMatrices;
    private readonly Tensor[] _directionTransposed;
    private readonly int[] _biasOffsets;
    private DenseCurvature<T>? _curvature;

    public DenseTangent(DenseNetwork network, DenseBackpropagation<T> primal, int batch)
    {
        _network = network;
        _primal = primal;
        _batch = batch;
        var layers = network.Widths.Length - 1;
        _direction = new HostTensor<T>(network.ParameterCount());
        _tangents = [.. network.Widths.Skip(1).Select(width => new HostTensor<T>(batch, width))];
        (_directionMatrices, _directionTransposed) = (new Tensor[layers], new Tensor[layers]);
        _biasOffsets = new int[layers];
        var offset = 0L;
        for (var layer = 0; layer < layers; layer++)
        {
            _directionMatrices[layer] = _direction.View(offset, network.ParameterShapes[2 * layer]);
            _directionTransposed[layer] = _directionMatrices[layer].t().DetachFromDisposeScope();
            offset += network.ParameterShapes[2 * layer].Size();
            _biasOffsets[layer] = (int)offset;
            offset += network.ParameterShapes[(2 * layer) + 1].Size();
        }
    }

    /// <summary>The logits' derivative along a direction, row-major [batch, outputs]; valid until the next call.</summary>
    public ReadOnlySpan<T> Along(ReadOnlySpan<T> direction)
    {
        using var scope = NewDisposeScope();
        direction.CopyTo(_direction.Span);
        for (var layer = 0; layer < _tangents.Length; layer++)
        {
            var tangent = _tangents[layer];
            var width = _network.Widths[layer + 1];
            var bias = _direction.Span.Slice(_biasOffsets[layer], width);
            for (var row = 0; row < _batch; row++)
            {
                bias.CopyTo(tangent.Span[(row * width)..]);
            }

            tangent.Tensor.addmm_(_primal.Inputs(layer), _directionTransposed[layer]);
            if (layer > 0)
            {
                tangent.Tensor.addmm_(_tangents[layer - 1].Tensor, _primal.Transposed(layer));
            }

            if (layer < _tangents.Length - 1)
            {
                DenseDerivatives.ThroughActivation(_network.Activation, Activations(layer + 1), tangent.Span);
            }
        }

        return _tangents[^1].Span;
    }

    /// <summary>
    /// The gradient's derivative along the direction of the last <see cref="Along"/>; the primal's backward pass has been made. Per layer, from the last:
    /// dG = dδᵀ h + δᵀ dh, and below dδ = a′(z) ⊙ (dδ W + δ dW) + a″(z) ⊙ dz ⊙ (δ W).
    /// </summary>
    /// <param name="logitsGradientTangent">The derivative of dL/dlogits along the direction, row-major [batch, outputs].</param>
    /// <param name="result">Receives the product, one entry per weight.</param>
    public void Backward(ReadOnlySpan<T> logitsGradientTangent, Span<T> result)
    {
        _curvature ??= new DenseCurvature<T>(_network, _primal, _batch);
        _curvature.Backward(logitsGradientTangent, _directionMatrices, _tangents, result);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _curvature?.Dispose();
        foreach (var view in (Tensor[])[.. _directionMatrices, .. _directionTransposed])
        {
            view.Dispose();
        }

        foreach (var buffer in (HostTensor<T>[])[_direction, .. _tangents])
        {
            buffer.Dispose();
        }
    }

    // The activation's outputs of a layer are the next one's inputs.
    private ReadOnlySpan<T> Activations(int layer) => Losses.Vectors.Of<T>(_primal.Inputs(layer));
}
