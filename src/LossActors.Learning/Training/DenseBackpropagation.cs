using System.Numerics;
using LossActors.Learning.Networks;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>
/// Dense layers differentiated by hand, of one network or of a cohort that shares its batches: libtorch multiplies matrices in buffers that are allocated once, the rest is
/// vector code. For small networks autograd's bookkeeping costs several times the arithmetic, and many small products more in calls than in arithmetic. What one member
/// computes never enters another's numbers; libtorch may round a member's products otherwise than if it were alone.
/// </summary>
internal sealed class DenseBackpropagation<T> : ITwiceDifferentiable<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DenseNetwork _network;
    private readonly int _batch;
    private readonly DenseParameters<T> _weights;
    private readonly DenseParameters<T> _gradient;
    private readonly DenseActivations<T> _outputs;
    private readonly DenseActivations<T> _deltas;
    private DenseTangent<T>? _tangent;
    private Tensor? _inputs;

    /// <param name="network">The base network.</param>
    /// <param name="batch">Instances per batch.</param>
    /// <param name="members">Networks.</param>
    public DenseBackpropagation(DenseNetwork network, int batch, int members = 1)
    {
        (_network, _batch, Members) = (network, batch, members);
        _weights = new DenseParameters<T>(network, members);
        _gradient = new DenseParameters<T>(network, members);
        _outputs = new DenseActivations<T>(network, members, batch);
        _deltas = new DenseActivations<T>(network, members, batch);
        Parameters = _weights.Views(0);
    }

    /// <inheritdoc/>
    public int Members { get; }

    /// <inheritdoc/>
    public Span<T> Weights => _weights.All;

    /// <inheritdoc/>
    public ReadOnlySpan<T> Gradient => _gradient.All;

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Parameters { get; }

    /// <summary>Where each parameter lies in <see cref="Weights"/>, <see cref="Gradient"/> and directions.</summary>
    public IReadOnlyList<ParameterBlock> Blocks => _weights.Blocks;

    /// <inheritdoc/>
    public void Load(float[][] initial) => _weights.Load(initial);

    /// <summary>A member's weights in the network's shapes, sharing memory. The caller owns them.</summary>
    public Tensor[] Views(int member) => _weights.Views(member);

    /// <inheritdoc/>
    public ReadOnlySpan<T> Forward(Tensor inputs)
    {
        _inputs = inputs;
        using var scope = NewDisposeScope();
        for (var layer = 0; layer < _outputs.Count; layer++)
        {
            _outputs[layer].Fill(_weights.Biases(layer));
            DenseProducts.Multiply(_outputs.Tensor(layer), Inputs(layer), _weights.Transposed(layer), add: true);
            if (layer < _outputs.Count - 1)
            {
                _ = _network.Activation == Activation.Relu ? _outputs.Tensor(layer).relu_() : _outputs.Tensor(layer).tanh_();
            }
        }

        return _outputs.Logits();
    }

    /// <inheritdoc/>
    public void Backward(ReadOnlySpan<T> logitsGradient)
    {
        using var scope = NewDisposeScope();
        Propagate(logitsGradient);
        for (var layer = 0; layer < _outputs.Count; layer++)
        {
            DenseProducts.Multiply(_gradient.Matrix(layer), _deltas.Transposed(layer), Inputs(layer));
            _deltas[layer].SumRows(_gradient.Biases(layer));
        }
    }

    /// <inheritdoc/>
    public ReadOnlySpan<T> Along(ReadOnlySpan<T> direction) => Tangent.Along(direction);

    /// <inheritdoc/>
    public void Curve(ReadOnlySpan<T> logitsGradient, ReadOnlySpan<T> logitsGradientTangent, Span<T> product)
    {
        using var scope = NewDisposeScope();
        Propagate(logitsGradient);
        Tangent.Backward(logitsGradientTangent, product);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var view in Parameters)
        {
            view.Dispose();
        }

        foreach (var part in (IDisposable?[])[_tangent, _weights, _gradient, _outputs, _deltas])
        {
            part?.Dispose();
        }
    }

    /// <summary>What a layer saw in the last forward pass: the batch, or the activations of the layer before.</summary>
    internal Tensor Inputs(int layer) => layer > 0
        ? _outputs.ByMember(layer - 1)
        : _inputs ?? throw new InvalidOperationException("Backward comes after Forward.");

    /// <summary>The weights.</summary>
    internal DenseParameters<T> Layers => _weights;

    /// <summary>What each layer put out in the last forward pass, after its activation.</summary>
    internal DenseActivations<T> Outputs => _outputs;

    /// <summary>dL/dz of every layer, as the last backward pass left it.</summary>
    internal DenseActivations<T> Deltas => _deltas;

    private DenseTangent<T> Tangent => _tangent ??= new DenseTangent<T>(_network, this, _batch);

    // dL/dz of every layer, not yet the weights' gradient.
    private void Propagate(ReadOnlySpan<T> logitsGradient)
    {
        _deltas.SetLogits(logitsGradient);
        for (var layer = _deltas.Count - 1; layer > 0; layer--)
        {
            DenseProducts.Multiply(_deltas.ByMember(layer - 1), _deltas.Tensor(layer), _weights.Matrix(layer));
            DenseDerivatives.ThroughActivation(_network.Activation, _outputs.Span(layer - 1), _deltas.Span(layer - 1));
        }
    }
}
