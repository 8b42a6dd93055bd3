using LossActors.Evolution.Randomness;
using LossActors.Learning.Laboratory;
using LossActors.Learning.Networks;
using LossActors.Learning.Training;
using static TorchSharp.torch;

namespace LossActors.Learning.Refinement;

/// <summary>The meta steps of one task: which networks and batches each of them sees, and how meta-gradients are computed there.</summary>
internal sealed class MetaTask : IDisposable
{
    private const ulong TrainingLane = 0;
    private const ulong ValidationLane = 1;

    private readonly Workplace _place;
    private readonly BatchSequence _training;
    private readonly BatchSequence _validation;
    private IMetaGradientSource? _source;

    public MetaTask(Workplace place)
    {
        var (protocol, task) = (place.Protocol, place.Task);
        var outerBatch = protocol.Refinement.OuterBatchSize > 0 ? protocol.Refinement.OuterBatchSize : protocol.Training.BatchSize;
        _place = place;
        _training = new(task.Training.Count, protocol.Training.BatchSize, protocol.Seed, TrainingLane, Purpose.Refinement);
        _validation = new(task.Validation.Count, outerBatch, protocol.Seed, ValidationLane, Purpose.Refinement);
        InnerSteps = StepsOf(place);
    }

    /// <summary>SGD steps that are unrolled.</summary>
    public int InnerSteps { get; }

    /// <summary>The task's share of the objective.</summary>
    public double Share => _place.Share;

    /// <summary>The most losses that are tuned together.</summary>
    public int LargestCohort => MetaGradientSources.CohortSize(_place.Network, InnerSteps, _training.Size, _validation.Size, _place.Task.Type);

    /// <summary>SGD steps that a task's meta steps unroll.</summary>
    public static int StepsOf(Workplace place) =>
        place.Protocol.Refinement.InnerSteps > 0 ? place.Protocol.Refinement.InnerSteps : place.Protocol.Training.Steps;

    /// <summary>The next meta step.</summary>
    /// <param name="step">Its number, which chooses the network.</param>
    /// <param name="tunings">Whose; the same as at the last step, unless <see cref="Regroup"/> was called.</param>
    public IReadOnlyList<MetaGradient> Compute(int step, IReadOnlyList<Tuning> tunings)
    {
        var (network, task, protocol) = (_place.Network, _place.Task, _place.Protocol);
        _source ??= MetaGradientSources.Create(
            new Unrolling(
                network, task.Shape.Link, [.. tunings.Select(tuning => tuning.Loss)], protocol.Training, _training.Size, _validation.Size, protocol.Refinement.Objective),
            InnerSteps,
            task.Type,
            task.Device,
            protocol.Path);
        using var scope = NewDisposeScope();
        return _source.Compute(
            network.Initialise(WeightStreams.Refinement(protocol.Seed, step)),
            new GatheredBatches(task.Training, _training, InnerSteps),
            task.Validation.Select(_validation),
            DropoutMasks.Refinement(protocol.Seed, step),
            [.. tunings.Select(tuning => tuning.Parameters)]);
    }

    /// <summary>Some losses have left.</summary>
    public void Regroup()
    {
        _source?.Dispose();
        _source = null;
    }

    /// <inheritdoc/>
    public void Dispose() => Regroup();
}
