using System.Collections.Immutable;

namespace LossActors.Actors.Runs;

/// <summary>A run cannot be gone on with as asked. The message is one line for the console that names each difference. Exit code 4.</summary>
public sealed class ResumeRefusedException(string run, ImmutableArray<string> differences)
    : Exception($"Run {run} cannot be resumed with other settings: {string.Join("; ", differences)}. Leave them as they were, or start a new run.")
{
    /// <summary>What differs: <c>search.seed is 7, was 3</c>.</summary>
    public ImmutableArray<string> Differences { get; } = differences;
}
