using LossActors.Evolution.Randomness;
using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LossActors.Learning.Benchmarks;

/// <summary>One step of SGD of a whole cohort, as evaluators take it.</summary>
internal sealed class TrainingStep : IBenchmarkStep
{
    private readonly BenchmarkBatch _batch;
    private readonly ICohort _cohort;
    private readonly double[] _rates;
    private readonly bool[] _diverged;

    public TrainingStep(Workload workload, Device device)
    {
        var (loss, settings) = (LossFunction.Of(BenchmarkLoss.Expression), BenchmarkLoss.Training);
        var initial = workload.Network.Initialise(RandomStream.For(1, 2, 3, Purpose.Weights));
        _batch = new BenchmarkBatch(workload.Features, device);
        Trial[] trials = [.. Enumerable.Repeat(new Trial(loss, settings.LearningRate), workload.Cohort)];
        _cohort = (device.type, workload) switch
        {
            (DeviceType.CPU, { Cohort: > 1, Network: DenseNetwork dense }) => new DenseCohort<float>(dense, Link.Softmax, trials, settings, Workload.Batch, initial),
            (DeviceType.CPU, _) => new SeparateCohort([.. trials.Select(trial => new CompiledTrainee<float>(workload.Network, Link.Softmax, trial.Loss, settings, Workload.Batch, initial))]),
            (_, { Network: DenseNetwork dense }) => new TensorCohort(dense, Link.Softmax, trials, settings, initial, ScalarType.Float32, device),
            (_, { Network: SequentialNetwork layers }) => new LayerCohort(layers, Link.Softmax, trials, settings, initial, ScalarType.Float32, device),
            _ => throw new NotSupportedException($"{workload.Network.Name} has no cohort on {device}."),
        };
        _rates = [.. Enumerable.Repeat(settings.LearningRate, workload.Cohort)];
        _diverged = new bool[workload.Cohort];
    }

    /// <inheritdoc/>
    public void Step()
    {
        _cohort.Step(_batch.Inputs, _batch.Targets, ForwardPass.Training(DropoutMasks.Fitness(1, 0), 0), _rates, _diverged);
        if (_diverged.Contains(true))
        {
            throw new InvalidOperationException("A member diverged: what follows would be too cheap.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cohort.Dispose();
        _batch.Dispose();
    }
}
