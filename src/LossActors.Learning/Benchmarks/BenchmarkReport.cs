using System.Collections.Immutable;

namespace LossActors.Learning.Benchmarks;

/// <summary>What <see cref="StandardBenchmarks"/> measured.</summary>
/// <param name="Device">Where: <c>cpu</c> or <c>cuda:N</c>.</param>
/// <param name="Processors">Logical processors.</param>
/// <param name="CeilingOneThread">GFLOP/s of a 2048³ product on one thread.</param>
/// <param name="CeilingAllSlots">GFLOP/s of one such product per slot, all at once.</param>
/// <param name="Results">One per workload and number of slots.</param>
public sealed record BenchmarkReport(
    string Device, int Processors, double CeilingOneThread, double CeilingAllSlots, ImmutableArray<BenchmarkResult> Results);
