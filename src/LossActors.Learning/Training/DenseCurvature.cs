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
    private readonly DenseParameters<T> _result;
    private readonly DenseActivations<T> _deltas;

    // Only a curved activation has a second derivative; relu's is 0.
    private readonly DenseActivations<T>? _bent;

    public DenseCurvature(DenseNetwork network, DenseBackpropagation<T> primal, int batch)
    {
        (_network, _primal) = (network, primal);
        _result = new DenseParameters<T>(network, primal.Members);
        _deltas = new DenseActivations<T>(network, primal.Members, batch);
        _bent = network.Activation == Activation.Relu ? null : new DenseActivations<T>(network, primal.Members, batch);
    }

    /// <summary>See <see cref="DenseTangent{T}.Backward"/>.</summary>
    /// <param name="logitsGradientTangent">[member, batch, outputs].</param>
    /// <param name="direction">Whose derivative this is.</param>
    /// <param name="tangents">dh of each layer.</param>
    /// <param name="result">One entry per weight.</param>
    public void Backward(ReadOnlySpan<T> logitsGradientTangent, DenseParameters<T> direction, DenseActivations<T> tangents, Span<T> result)
    {
        using var scope = NewDisposeScope();
        _deltas.SetLogits(logitsGradientTangent);
        for (var layer = _deltas.Count - 1; layer >= 0; layer--)
        {
            DenseProducts.Multiply(_result.Matrix(layer), _deltas.Transposed(layer), _primal.Inputs(layer));
            _deltas[layer].SumRows(_result.Biases(layer));
            if (layer > 0)
            {
                DenseProducts.Multiply(_result.Matrix(layer), _primal.Deltas.Transposed(layer), tangents.ByMember(layer - 1), add: true);
                GoBelow(layer, direction, tangents);
            }
        }

        _result.All.CopyTo(result);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _bent?.Dispose();
        _deltas.Dispose();
        _result.Dispose();
    }

    private void GoBelow(int layer, DenseParameters<T> direction, DenseActivations<T> tangents)
    {
        var below = _deltas.ByMember(layer - 1);
        DenseProducts.Multiply(below, _deltas.Tensor(layer), _primal.Layers.Matrix(layer));
        DenseProducts.Multiply(below, _primal.Deltas.Tensor(layer), direction.Matrix(layer), add: true);
        var outputs = _primal.Outputs.Span(layer - 1);
        DenseDerivatives.ThroughActivation(_network.Activation, outputs, _deltas.Span(layer - 1));
        if (_bent is not null)
        {
            DenseProducts.Multiply(_bent.ByMember(layer - 1), _primal.Deltas.Tensor(layer), _primal.Layers.Matrix(layer));
            DenseDerivatives.AddBend(outputs, tangents.Span(layer - 1), _bent.Span(layer - 1), _deltas.Span(layer - 1));
        }
    }
}
