using LossActors.Expressions;
using LossActors.Learning.Protocols;

namespace LossActors.Learning.Benchmarks;

/// <summary>What the workloads are trained under.</summary>
internal static class BenchmarkLoss
{
    /// <summary>Nine nodes, about what searches find.</summary>
    public static Expression Expression { get; } = Expression.Parse("mul(-1, mul(1.1*y, log(add(0.9*f, 0.1*square(sub(y, f))))))");

    /// <summary>Nesterov's momentum and weight decay, at a rate that leaves the weights where they are: thousands of steps must not end in infinities.</summary>
    public static TrainingSettings Training { get; } = new() { LearningRate = 1e-6, BatchSize = Workload.Batch, Momentum = 0.9, Nesterov = true, WeightDecay = 5e-4 };
}
