using LossActors.Learning.Losses;
using LossActors.Learning.Networks;

namespace LossActors.Learning.Training;

/// <summary>A network at the end of its training.</summary>
public sealed class TrainedNetwork : IDisposable
{
    private readonly INetwork _network;
    private readonly Link _link;
    private readonly ITrainee _trainee;

    internal TrainedNetwork(INetwork network, Link link, ITrainee trainee, int steps, bool diverged)
    {
        _network = network;
        _link = link;
        _trainee = trainee;
        Steps = steps;
        Diverged = diverged;
    }

    /// <summary>Steps taken, the one that met NaN included.</summary>
    public int Steps { get; }

    /// <summary>Whether NaN or infinity was met in loss or gradient, which ends a training at once.</summary>
    public bool Diverged { get; }

    /// <summary>The weights, for checks; they belong to this object.</summary>
    internal IReadOnlyList<TorchSharp.torch.Tensor> Parameters => _trainee.Parameters;

    /// <summary>Error rate in [0, 1], or mean squared error on the standardised target; NaN when the network's outputs are not finite.</summary>
    public double Error(LearningPart part) => Metrics.Error(_network, _trainee.Parameters, part, _link);

    /// <summary>Outputs, row-major [instances, outputs].</summary>
    internal double[] Logits(LearningPart part) => Metrics.Logits(_network, _trainee.Parameters, part);

    /// <inheritdoc/>
    public void Dispose() => _trainee.Dispose();
}
