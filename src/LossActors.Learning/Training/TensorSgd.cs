using LossActors.Learning.Protocols;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>
/// The same descent as <see cref="Sgd{T}"/> in tensor operations that make new weights instead of changing the old: it runs on any device, and a chain of steps can be
/// differentiated (unrolled).
/// </summary>
internal sealed class TensorSgd(TrainingSettings settings) : IDisposable
{
    private readonly TorchSharp.Scalar _momentum = TorchSharp.ScalarExtensionMethods.ToScalar(settings.Momentum);
    private readonly TorchSharp.Scalar _decay = TorchSharp.ScalarExtensionMethods.ToScalar(settings.WeightDecay);

    /// <summary>The momentum buffers; empty before the first step and without momentum. They belong to the caller's dispose scope. Set, the descent goes on from there.</summary>
    public IReadOnlyList<Tensor> Buffers { get; set; } = [];

    /// <summary>The weights after one step.</summary>
    public Tensor[] Step(IReadOnlyList<Tensor> weights, IReadOnlyList<Tensor> gradients, double learningRate)
    {
        using var rate = TorchSharp.ScalarExtensionMethods.ToScalar(learningRate);
        var next = new Tensor[weights.Count];
        var buffers = new Tensor[weights.Count];
        for (var i = 0; i < next.Length; i++)
        {
            var g = settings.WeightDecay == 0 ? gradients[i] : gradients[i] + (weights[i] * _decay);
            buffers[i] = Buffers.Count == 0 ? g : (Buffers[i] * _momentum) + g;
            var direction = settings.Momentum == 0 ? g : settings.Nesterov ? g + (buffers[i] * _momentum) : buffers[i];
            next[i] = weights[i] - (direction * rate);
        }

        Buffers = settings.Momentum == 0 ? [] : buffers;
        return next;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _momentum.Dispose();
        _decay.Dispose();
    }
}
