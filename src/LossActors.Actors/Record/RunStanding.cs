using System.Collections.Immutable;

namespace LossActors.Actors.Record;

/// <summary>How a run stands, without its candidates: little to read however long the run.</summary>
/// <param name="Tallies">Verdicts by island.</param>
public sealed record RunStanding(ImmutableArray<TallyRow> Tallies)
{
    /// <summary>Candidates with a verdict.</summary>
    public int Evaluations => Tallies.Sum(t => t.Candidates);
}

/// <summary>How many candidates of an island ended in one way.</summary>
public sealed record TallyRow
{
    /// <summary>The island.</summary>
    public required int Island { get; init; }

    /// <summary>The verdict in kebab case.</summary>
    public required string Verdict { get; init; }

    /// <summary>How many.</summary>
    public required int Candidates { get; init; }

    /// <summary>Evaluator time that a gate saved.</summary>
    public required double SavedSeconds { get; init; }

    /// <summary>The best fitness of trained ones.</summary>
    public double? Best { get; init; }
}
