using System.Collections.Immutable;
using LossActors.Learning.Native;
using LossActors.Learning.Networks;

namespace LossActors.Learning.Benchmarks;

/// <summary>The standard workloads, timed side by side with what this machine can do at best and with what a plain TorchSharp program gets from it.</summary>
/// <param name="time">Measures.</param>
public sealed class StandardBenchmarks(TimeProvider time)
{
    private readonly SlotTimer _timer = new(time);

    private static ImmutableArray<Workload> Workloads { get; } =
    [
        .. Both("logistic 784-10", new DenseNetwork([784, 10], Activation.Relu), 784, 32),
        .. Both("MLP 64-64-10", new DenseNetwork([64, 64, 10], Activation.Relu), 64, 32),
        .. Both("MLP 784-1000-1000-10", new DenseNetwork([784, 1000, 1000, 10], Activation.Relu), 784, 1),
        .. Both("LeNet-5", new LeNet5(1, 28, 28, 10), 784, 1),
    ];

    /// <summary>Runs all of them: first with one slot, then with as many as the machine has processors.</summary>
    /// <param name="progress">Is told each result as it comes.</param>
    /// <param name="cancellation">Looked at between measurements.</param>
    public BenchmarkReport Run(Action<BenchmarkResult> progress, CancellationToken cancellation = default)
    {
        Torch.Ensure();
        var results = ImmutableArray.CreateBuilder<BenchmarkResult>();
        var ceilings = new List<double>();
        foreach (var slots in SlotCounts())
        {
            var ceiling = 2.0 * Math.Pow(MatrixProduct.Size, 3) / _timer.SecondsPerStep(slots, () => new MatrixProduct()) / 1e9;
            ceilings.Add(ceiling);
            foreach (var workload in Workloads)
            {
                cancellation.ThrowIfCancellationRequested();
                var eager = _timer.SecondsPerStep(slots, () => new EagerStep(workload));
                var seconds = _timer.SecondsPerStep(slots, () => workload.Step == StepKind.Training ? new TrainingStep(workload) : new MetaStep(workload)) / workload.Cohort;
                var rate = workload.Operations / seconds / 1e9;
                results.Add(new BenchmarkResult(workload.Name, workload.Cohort, slots, 1000 * seconds, seconds / eager, rate, rate / ceiling));
                progress(results[^1]);
            }
        }

        return new BenchmarkReport(Environment.ProcessorCount, ceilings[0], ceilings[^1], results.ToImmutable());
    }

    private static int[] SlotCounts() => Environment.ProcessorCount > 1 ? [1, Environment.ProcessorCount] : [1];

    private static Workload[] Both(string name, INetwork network, int features, int cohort) =>
    [
        new($"{name}, training step", network, features, cohort, StepKind.Training),
        new($"{name}, meta step", network, features, cohort, StepKind.Meta),
    ];
}
