using LossActors.Learning.Networks;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>A network in training under one loss.</summary>
internal interface ITrainee : IDisposable
{
    /// <summary>The weights now.</summary>
    IReadOnlyList<Tensor> Parameters { get; }

    /// <summary>The network's buffers now.</summary>
    IReadOnlyList<Tensor> Buffers { get; }

    /// <summary>One step of SGD on a batch; false when NaN or infinity was met, and then the weights are as before.</summary>
    /// <param name="inputs">[batch, features].</param>
    /// <param name="targets">[batch, outputs].</param>
    /// <param name="pass">The step's mode.</param>
    /// <param name="learningRate">This step's.</param>
    bool Step(Tensor inputs, Tensor targets, ForwardPass pass, double learningRate);
}
