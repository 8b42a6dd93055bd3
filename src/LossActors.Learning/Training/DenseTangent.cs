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
    private readonly DenseParameters<T> _direction;
    private readonly DenseActivations<T> _tangents;
    private DenseCurvature<T>? _curvature;

    public DenseTangent(DenseNetwork network, DenseBackpropagation<T> primal, int batch)
    {
        (_network, _primal, _batch) = (network, primal, batch);
        _direction = new DenseParameters<T>(network, primal.Members);
        _tangents = new DenseActivations<T>(network, primal.Members, batch);
    }

    /// <summary>See <see cref="ITwiceDifferentiable{T}.Along"/>.</summary>
    public ReadOnlySpan<T> Along(ReadOnlySpan<T> direction)
    {
        using var scope = NewDisposeScope();
        direction.CopyTo(_direction.All);
        for (var layer = 0; layer < _tangents.Count; layer++)
        {
            _tangents[layer].Fill(_direction.Biases(layer));
            DenseProducts.Multiply(_tangents.Tensor(layer), _primal.Inputs(layer), _direction.Transposed(layer), add: true);
            if (layer > 0)
            {
                DenseProducts.Multiply(_tangents.Tensor(layer), _tangents.ByMember(layer - 1), _primal.Layers.Transposed(layer), add: true);
            }

            if (layer < _tangents.Count - 1)
            {
                DenseDerivatives.ThroughActivation(_network.Activation, _primal.Outputs.Span(layer), _tangents.Span(layer));
            }
        }

        return _tangents.Logits();
    }

    /// <summary>
    /// The gradient's derivative along the direction of the last <see cref="Along"/>; the primal's backward pass has been made. Per layer, from the last:
    /// dG = dδᵀ h + δᵀ dh, and below dδ = a′(z) ⊙ (dδ W + δ dW) + a″(z) ⊙ dz ⊙ (δ W).
    /// </summary>
    /// <param name="logitsGradientTangent">The derivative of dL/dlogits along the direction, [member, batch, outputs].</param>
    /// <param name="result">Receives the product, one entry per weight.</param>
    public void Backward(ReadOnlySpan<T> logitsGradientTangent, Span<T> result)
    {
        _curvature ??= new DenseCurvature<T>(_network, _primal, _batch);
        _curvature.Backward(logitsGradientTangent, _direction, _tangents, result);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _curvature?.Dispose();
        _direction.Dispose();
        _tangents.Dispose();
    }
}
