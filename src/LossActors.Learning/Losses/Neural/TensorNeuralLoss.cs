using static TorchSharp.torch;

namespace LossActors.Learning.Losses.Neural;

/// <summary>A neural network's loss under autograd, on any device: the plain way, which the one by hand is checked against.</summary>
/// <param name="network">The network.</param>
/// <param name="type">Of all numbers.</param>
/// <param name="device">Of all tensors.</param>
internal sealed class TensorNeuralLoss(NeuralLoss network, ScalarType type, Device device) : IEntryLoss
{
    private readonly Tensor _parameters = Load(network, type, device);

    /// <summary>The parameters, [parameters]; they belong to this object.</summary>
    public Tensor Parameters => _parameters;

    /// <inheritdoc/>
    public Tensor Evaluate(Tensor y, Tensor f, Tensor? weights) => new NeuralLayers(weights ?? _parameters).Evaluate(y, f);

    /// <inheritdoc/>
    public void Dispose() => _parameters.Dispose();

    private static Tensor Load(NeuralLoss network, ScalarType type, Device device)
    {
        using var scope = NewDisposeScope();
        return tensor([.. network.Parameters], ScalarType.Float64).to(type).to(device).DetachFromDisposeScope();
    }
}
