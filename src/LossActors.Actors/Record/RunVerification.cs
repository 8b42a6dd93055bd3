using System.Collections.Immutable;

namespace LossActors.Actors.Record;

/// <summary>What checking a run against its own record gave.</summary>
/// <param name="Run">The run.</param>
/// <param name="Checked">How many statements of the record were re-derived: every event of every island, every fitness, every place in the hall of fame.</param>
/// <param name="Agreeing">How many agree, bit for bit.</param>
/// <param name="Differences">The first of those that do not, one line each.</param>
/// <param name="IsComplete">Whether the run has a final hall of fame to re-derive.</param>
public sealed record RunVerification(string Run, int Checked, int Agreeing, ImmutableArray<string> Differences, bool IsComplete)
{
    /// <summary>Whether what islands decided was derived again; if not, there were none, and only what follows from trainings was.</summary>
    public bool IsReplayed { get; init; } = true;

    /// <summary>Nothing disagrees.</summary>
    public bool Agrees => Checked == Agreeing;
}
