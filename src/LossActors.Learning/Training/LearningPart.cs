using LossActors.Learning.Datasets;
using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>One part of a task's data on a device.</summary>
public sealed class LearningPart : IDisposable
{
    private readonly Augmentation? _augmentation;

    private LearningPart(Tensor inputs, Tensor targets, Augmentation? augmentation)
    {
        Inputs = inputs;
        Targets = targets;
        _augmentation = augmentation;
    }

    /// <summary>Instances, [count, features].</summary>
    public Tensor Inputs { get; }

    /// <summary>Targets as losses want them, [count, outputs]: one-hot, {0, 1} or standardised numbers.</summary>
    public Tensor Targets { get; }

    /// <summary>How many instances.</summary>
    public int Count => (int)Inputs.shape[0];

    /// <summary>Brings a part of a loaded dataset onto a device.</summary>
    /// <param name="part">The part.</param>
    /// <param name="shape">What goes in and what comes out.</param>
    /// <param name="type">The precision.</param>
    /// <param name="device">The device.</param>
    /// <param name="augmentation">How the images of its batches are varied; null: not at all. <see cref="Inputs"/> stay as they are.</param>
    public static LearningPart Create(DataPart part, TaskShape shape, ScalarType type, Device device, AugmentationSettings? augmentation = null)
    {
        using var scope = NewDisposeScope();
        var targets = part.Targets;
        if (shape.Link == Link.Softmax)
        {
            targets = new float[part.Count * shape.Outputs];
            for (var i = 0; i < part.Count; i++)
            {
                targets[(i * shape.Outputs) + (int)part.Targets[i]] = 1;
            }
        }

        return new LearningPart(
            TorchMemory.Copy(part.Inputs, [part.Count, shape.Features], type, device).DetachFromDisposeScope(),
            TorchMemory.Copy(targets, [part.Count, shape.Outputs], type, device).DetachFromDisposeScope(),
            augmentation is { IsOn: true } ? new Augmentation(augmentation, shape.InputShape) : null);
    }

    /// <summary>The instances and targets of the next batch; in the caller's dispose scope unless they are all, and as they are.</summary>
    internal (Tensor Inputs, Tensor Targets) Select(BatchSequence batches)
    {
        var rows = batches.Next();
        return Select(rows, Distort(batches));
    }

    /// <summary>What is done to the images of the batch that was given last; null: nothing.</summary>
    internal Distortion[]? Distort(BatchSequence batches) => _augmentation?.Draw(batches.Chance(), batches.Size);

    /// <summary>The instances and targets of some rows, or all in their own order if there are as many; the images varied.</summary>
    internal (Tensor Inputs, Tensor Targets) Select(ReadOnlySpan<long> rows, Distortion[]? distortions)
    {
        var (inputs, targets) = (Inputs, Targets);
        if (rows.Length != Count)
        {
            var index = tensor(rows.ToArray(), device: Inputs.device);
            (inputs, targets) = (Inputs.index_select(0, index), Targets.index_select(0, index));
        }

        return (distortions is null ? inputs : _augmentation!.Apply(inputs, distortions), targets);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Inputs.Dispose();
        Targets.Dispose();
    }
}
