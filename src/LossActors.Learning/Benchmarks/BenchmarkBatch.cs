using LossActors.Evolution.Randomness;
using static TorchSharp.torch;

namespace LossActors.Learning.Benchmarks;

/// <summary>A batch of normal inputs and one-hot targets: how long a step takes does not depend on what it learns.</summary>
internal sealed class BenchmarkBatch : IDisposable
{
    private const int Classes = 10;

    public BenchmarkBatch(int features, Device device)
    {
        var stream = RandomStream.For(1, (ulong)features, 0, Purpose.Batches);
        var inputs = new float[Workload.Batch * features];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = (float)stream.NextNormal();
        }

        var targets = new float[Workload.Batch * Classes];
        for (var i = 0; i < Workload.Batch; i++)
        {
            targets[(i * Classes) + (i % Classes)] = 1;
        }

        Inputs = tensor(inputs, [Workload.Batch, features], device: device).DetachFromDisposeScope();
        Targets = tensor(targets, [Workload.Batch, Classes], device: device).DetachFromDisposeScope();
    }

    /// <summary>[batch, features].</summary>
    public Tensor Inputs { get; }

    /// <summary>[batch, classes].</summary>
    public Tensor Targets { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Inputs.Dispose();
        Targets.Dispose();
    }
}
