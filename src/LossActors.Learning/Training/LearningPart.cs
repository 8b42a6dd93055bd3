using LossActors.Learning.Datasets;
using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>One part of a task's data on a device.</summary>
public sealed class LearningPart : IDisposable
{
    private LearningPart(Tensor inputs, Tensor targets)
    {
        Inputs = inputs;
        Targets = targets;
    }

    /// <summary>Instances, [count, features].</summary>
    public Tensor Inputs { get; }

    /// <summary>Targets as losses want them, [count, outputs]: one-hot, {0, 1} or standardised numbers.</summary>
    public Tensor Targets { get; }

    /// <summary>How many instances.</summary>
    public int Count => (int)Inputs.shape[0];

    /// <summary>Brings a part of a loaded dataset onto a device.</summary>
    public static LearningPart Create(DataPart part, TaskShape shape, ScalarType type, Device device)
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
            tensor(part.Inputs, [part.Count, shape.Features]).to(type).to(device).DetachFromDisposeScope(),
            tensor(targets, [part.Count, shape.Outputs]).to(type).to(device).DetachFromDisposeScope());
    }

    /// <summary>The instances and targets of the next batch; in the caller's dispose scope unless they are all.</summary>
    internal (Tensor Inputs, Tensor Targets) Select(BatchSequence batches) => Select(batches.Next());

    /// <summary>The instances and targets of some rows, or all in their own order if there are as many.</summary>
    internal (Tensor Inputs, Tensor Targets) Select(ReadOnlySpan<long> rows)
    {
        if (rows.Length == Count)
        {
            return (Inputs, Targets);
        }

        var index = tensor(rows.ToArray(), device: Inputs.device);
        return (Inputs.index_select(0, index), Targets.index_select(0, index));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Inputs.Dispose();
        Targets.Dispose();
    }
}
