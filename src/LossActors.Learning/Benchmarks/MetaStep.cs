using LossActors.Evolution.Randomness;
using LossActors.Learning.Losses;
using LossActors.Learning.Protocols;
using LossActors.Learning.Refinement;
using static TorchSharp.torch;

namespace LossActors.Learning.Benchmarks;

/// <summary>The meta-gradients of one inner step of a whole cohort, as refinement takes them.</summary>
internal sealed class MetaStep : IBenchmarkStep
{
    private readonly BenchmarkBatch _inner;
    private readonly BenchmarkBatch _outer;
    private readonly IMetaGradientSource _source;
    private readonly float[][] _initial;
    private readonly double[][] _coefficients;

    public MetaStep(Workload workload, Device device)
    {
        var (loss, settings) = (BenchmarkLoss.Expression, BenchmarkLoss.Training);
        (_inner, _outer) = (new BenchmarkBatch(workload.Features, device), new BenchmarkBatch(workload.Features, device));
        _initial = workload.Network.Initialise(RandomStream.For(1, 2, 3, Purpose.Weights));
        _coefficients = [.. Enumerable.Repeat(loss.Weights.ToArray(), workload.Cohort)];
        _source = MetaGradientSources.Create(
            new Unrolling(
                workload.Network, Link.Softmax, [.. Enumerable.Repeat(LossFunction.Of(loss), workload.Cohort)], settings, Workload.Batch, Workload.Batch, RefinementObjective.TaskLoss),
            1,
            ScalarType.Float32,
            device);
    }

    /// <inheritdoc/>
    public void Step()
    {
        if (_source.Compute(_initial, [(_inner.Inputs, _inner.Targets)], (_outer.Inputs, _outer.Targets), default, _coefficients).Any(meta => !meta.IsFinite))
        {
            throw new InvalidOperationException("A meta-gradient is not finite.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _source.Dispose();
        _inner.Dispose();
        _outer.Dispose();
    }
}
