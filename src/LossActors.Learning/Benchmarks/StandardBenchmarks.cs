using System.Collections.Immutable;
using LossActors.Learning.Native;
using LossActors.Learning.Networks;
using LossActors.Learning.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LossActors.Learning.Benchmarks;

/// <summary>The standard workloads, timed side by side with what this machine can do at best and with what a plain TorchSharp program gets from it.</summary>
/// <param name="time">Measures.</param>
/// <param name="device">Where: <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</param>
public sealed class StandardBenchmarks(TimeProvider time, string device = "cpu")
{
    /// <summary>Runs all of them: on the CPU first with one slot, then with as many as the machine has processors; on a GPU with one slot, whose cohorts are as large as a search's.</summary>
    /// <param name="progress">Is told each result as it comes.</param>
    /// <param name="cancellation">Looked at between measurements.</param>
    /// <exception cref="EnvironmentException">There is no such device here.</exception>
    public BenchmarkReport Run(Action<BenchmarkResult> progress, CancellationToken cancellation = default)
    {
        var place = Devices.Require(device);
        var timer = new SlotTimer(time, place);
        var results = ImmutableArray.CreateBuilder<BenchmarkResult>();
        var ceilings = new List<double>();
        foreach (var slots in SlotCounts(place.type))
        {
            var ceiling = 2.0 * Math.Pow(MatrixProduct.Size, 3) / timer.SecondsPerStep(slots, () => new MatrixProduct(place)) / 1e9;
            ceilings.Add(ceiling);
            foreach (var workload in Workloads(place.type))
            {
                cancellation.ThrowIfCancellationRequested();
                var eager = timer.SecondsPerStep(slots, () => new EagerStep(workload, place));
                var seconds = timer.SecondsPerStep(slots, () => workload.Step == StepKind.Training ? new TrainingStep(workload, place) : new MetaStep(workload, place)) / workload.Cohort;
                var rate = workload.Operations / seconds / 1e9;
                results.Add(new BenchmarkResult(workload.Name, workload.Cohort, slots, 1000 * seconds, seconds / eager, rate, rate / ceiling));
                progress(results[^1]);
            }
        }

        return new BenchmarkReport(device, Environment.ProcessorCount, ceilings[0], ceilings[^1], results.ToImmutable());
    }

    private static int[] SlotCounts(DeviceType type) => type == DeviceType.CPU && Environment.ProcessorCount > 1 ? [1, Environment.ProcessorCount] : [1];

    private static ImmutableArray<Workload> Workloads(DeviceType type) =>
    [
        .. Both("logistic 784-10", new DenseNetwork([784, 10], Activation.Relu), 784, 32, type),
        .. Both("MLP 64-64-10", new DenseNetwork([64, 64, 10], Activation.Relu), 64, 32, type),
        .. Both("MLP 784-1000-1000-10", new DenseNetwork([784, 1000, 1000, 10], Activation.Relu), 784, 1, type),
        .. Both("LeNet-5", new LeNet5(1, 28, 28, 10), 784, 1, type),
    ];

    // On a GPU refinement unrolls one candidate after the other.
    private static Workload[] Both(string name, INetwork network, int features, int cohortOnCpu, DeviceType type)
    {
        var (training, meta) = type == DeviceType.CPU ? (cohortOnCpu, cohortOnCpu) : (CohortSize.For(network, Workload.Batch, ScalarType.Float32, type), 1);
        return
        [
            new($"{name}, training step", network, features, training, StepKind.Training),
            new($"{name}, meta step", network, features, meta, StepKind.Meta),
        ];
    }
}
