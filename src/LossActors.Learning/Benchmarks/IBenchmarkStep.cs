namespace LossActors.Learning.Benchmarks;

/// <summary>Something to be timed.</summary>
internal interface IBenchmarkStep : IDisposable
{
    /// <summary>Does it once.</summary>
    void Step();
}
