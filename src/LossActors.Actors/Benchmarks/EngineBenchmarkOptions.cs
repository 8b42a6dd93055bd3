namespace LossActors.Actors.Benchmarks;

/// <summary>How large a search <see cref="EngineBenchmark"/> runs.</summary>
public sealed record EngineBenchmarkOptions
{
    /// <summary>Candidates to be judged before the search is killed.</summary>
    public int Candidates { get; init; } = 20_000;

    /// <summary>Islands that evolve them.</summary>
    public int Islands { get; init; } = 64;

    /// <summary>Births that each island keeps in flight: what a fast evaluator needs so as not to wait for the disk.</summary>
    public int Window { get; init; } = 24;

    /// <summary>Slots of the evaluator node.</summary>
    public int Slots { get; init; } = 2;
}
