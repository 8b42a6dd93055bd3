namespace LossActors.Learning.Benchmarks;

/// <summary>How fast one workload ran.</summary>
/// <param name="Workload">Network and kind of step.</param>
/// <param name="Cohort">Candidates trained together in one slot.</param>
/// <param name="Slots">Slots that worked at the same time, one thread each.</param>
/// <param name="Milliseconds">Wall time per step and candidate, over all slots; the median of several runs.</param>
/// <param name="RatioToEager">That time as a share of an eager step's (TorchSharp's autograd and optimiser, one candidate, the task loss) with as many slots.</param>
/// <param name="Gigaflops">
/// Floating-point operations per second and 1e9, counted from the matrix products of the plain way alone: dense networks' meta steps take fewer.
/// </param>
/// <param name="ShareOfCeiling">Of what as many threads reach on a product of two 2048 × 2048 matrices; above 1 where operations are saved.</param>
public sealed record BenchmarkResult(
    string Workload, int Cohort, int Slots, double Milliseconds, double RatioToEager, double Gigaflops, double ShareOfCeiling);
