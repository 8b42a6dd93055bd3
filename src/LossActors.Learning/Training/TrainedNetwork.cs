using System.Collections.Immutable;
using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>A network at the end of its training, or where it was stopped.</summary>
public sealed class TrainedNetwork : IDisposable
{
    private readonly INetwork _network;
    private readonly Link _link;
    private readonly Tensor[] _state;

    internal TrainedNetwork(INetwork network, Link link, TrainingRun run)
    {
        _network = network;
        _link = link;
        _state = run.State!;
        (Steps, Diverged, Stopped, Curve) = (run.Steps, run.Diverged, run.Stopped, run.Curve);
        AtHorizons = run.AtHorizons;
    }

    /// <summary>Steps taken, the one that met NaN included.</summary>
    public int Steps { get; }

    /// <summary>Whether NaN or infinity was met in loss or gradient, which ends a training at once.</summary>
    public bool Diverged { get; }

    /// <summary>Whether the last rung of <see cref="Curve"/> stopped it.</summary>
    public bool Stopped { get; }

    /// <summary>The validation error at each rung that was reached, from the lowest.</summary>
    public ImmutableArray<double> Curve { get; }

    /// <summary>The validation error at each horizon that was reached.</summary>
    public ImmutableArray<double> AtHorizons { get; }

    /// <summary>Weights and then buffers, for checks; they belong to this object.</summary>
    internal IReadOnlyList<Tensor> State => _state;

    /// <summary>Error rate in [0, 1], or mean squared error on the standardised target; NaN when the network's outputs are not finite.</summary>
    public double Error(LearningPart part) => Metrics.Error(_network, _state, part, _link);

    /// <summary>The validation errors at all horizons and at the end; their mean is what the training is worth.</summary>
    public ImmutableArray<double> Errors(LearningPart validation) => AtHorizons.Add(Error(validation));

    /// <summary>Outputs, row-major [instances, outputs].</summary>
    internal double[] Logits(LearningPart part) => Metrics.Logits(_network, _state, part);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in _state)
        {
            tensor.Dispose();
        }
    }
}
