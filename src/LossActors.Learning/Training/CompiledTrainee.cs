using System.Numerics;
using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>The fast way on the CPU: no autograd through the loss, weights and buffers in place.</summary>
internal sealed class CompiledTrainee<T> : ITrainee
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IBackpropagation<T> _network;
    private readonly LogitLoss<T> _loss;
    private readonly Sgd<T> _sgd;
    private readonly T[] _gradient;

    public CompiledTrainee(INetwork network, Link link, LossFunction loss, TrainingSettings settings, int batch, float[][] initial)
    {
        _loss = LogitLosses.Create<T>(loss, link, network.Outputs);
        _sgd = new Sgd<T>(settings, network.ParameterCount());
        _gradient = new T[batch * network.Outputs];
        _network = Backpropagation.Create<T>(network, batch);
        Backpropagation.Load(_network.Weights, initial);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Parameters => _network.Parameters;

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Buffers => [];

    /// <inheritdoc/>
    public bool Step(Tensor inputs, Tensor targets, ForwardPass pass, double learningRate)
    {
        var logits = _network.Forward(inputs);
        var loss = _loss.Differentiate(logits, Vectors.Of<T>(targets), _gradient);
        if (!T.IsFinite(loss) || !Finiteness.OfAll<T>(_gradient))
        {
            return false;
        }

        _network.Backward(_gradient);
        _sgd.Step(_network.Weights, _network.Gradient, learningRate);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();
}
