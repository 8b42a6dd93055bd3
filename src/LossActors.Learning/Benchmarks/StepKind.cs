namespace LossActors.Learning.Benchmarks;

/// <summary>What a workload repeats.</summary>
internal enum StepKind
{
    /// <summary>A step of SGD under a learned loss.</summary>
    Training,

    /// <summary>A meta-gradient of one inner step.</summary>
    Meta,
}
