using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using TorchSharp;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>The plain way on any device: loss and network under autograd.</summary>
internal sealed class PlainTrainee : ITrainee
{
    private readonly INetwork _network;
    private readonly TensorLoss _loss;
    private readonly TensorSgd _sgd;
    private Tensor[] _parameters;
    private Tensor[] _buffers;
    private Tensor[] _momenta = [];

    public PlainTrainee(
        INetwork network, Link link, LossFunction loss, TrainingSettings settings, float[][] initial, ScalarType type, Device device)
    {
        _network = network;
        _loss = new TensorLoss(loss, link, type, device);
        _sgd = new TensorSgd(settings);
        using var scope = NewDisposeScope();
        Tensor[] state = [.. network.StateShapes().Select((shape, i) => TorchMemory.Copy(initial[i], shape, type, device).DetachFromDisposeScope())];
        _parameters = [.. state[..network.ParameterShapes.Length].Select(p => p.requires_grad_(true))];
        _buffers = state[network.ParameterShapes.Length..];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Parameters => _parameters;

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Buffers => _buffers;

    /// <inheritdoc/>
    public bool Step(Tensor inputs, Tensor targets, ForwardPass pass, double learningRate)
    {
        using var scope = NewDisposeScope();
        Tensor[] moved = [.. _buffers.Select(b => b.clone())];
        var loss = _loss.Evaluate(_network.Forward(inputs, [.. _parameters, .. moved], pass), targets);
        if (!double.IsFinite(loss.to(ScalarType.Float64).item<double>()))
        {
            return false;
        }

        var gradients = Autograd.Derivatives([loss], _parameters, adjoints: null);
        using var quiet = no_grad();
        if (!gradients.All(g => g.isfinite().all().ToBoolean()))
        {
            return false;
        }

        Tensor[] old = [.. _parameters, .. _buffers, .. _momenta];
        _parameters = [.. _sgd.Step(_parameters, gradients, learningRate).Select(p => p.detach().requires_grad_(true).DetachFromDisposeScope())];
        _buffers = [.. moved.Select(b => b.DetachFromDisposeScope())];
        _momenta = [.. _sgd.Buffers.Select(b => b.DetachFromDisposeScope())];
        Release(old);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _loss.Dispose();
        _sgd.Dispose();
        Release([.. _parameters, .. _buffers, .. _momenta]);
    }

    private static void Release(Tensor[] tensors)
    {
        foreach (var tensor in tensors)
        {
            tensor.Dispose();
        }
    }
}
