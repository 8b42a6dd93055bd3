using System.Collections.Immutable;
using LossActors.Actors.Experiments;

namespace LossActors.Actors.Record;

/// <summary>One run with its hall of fame and all that is needed to repeat it.</summary>
public sealed record RunDetails : RunSummary
{
    /// <summary>The final hall of fame of a completed run; before that the Pareto front of fitness and complexity so far.</summary>
    public required ImmutableArray<HallOfFameRow> HallOfFame { get; init; }

    /// <summary>All that were measured again at the end, also those off the front; the best of the search first. Empty before.</summary>
    public ImmutableArray<FinalistRow> Finalists { get; init; } = [];

    /// <summary>The resolved experiment, as users have changed it while it went on.</summary>
    public required Experiment Experiment { get; init; }

    /// <summary>The search as it was founded.</summary>
    public required SearchSettings Founded { get; init; }

    /// <summary>What users have changed.</summary>
    public ImmutableArray<AmendmentRow> Amendments { get; init; } = [];

    /// <summary>Hash of the task's data.</summary>
    public required string DataHash { get; init; }

    /// <summary>Name and version of the product and of the libraries that numbers depend on.</summary>
    public required ImmutableSortedDictionary<string, string> Versions { get; init; }
}

/// <summary>A change that a user made while the search went on.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Request">What whoever asked for it knows it by.</param>
/// <param name="Description">The change in words.</param>
/// <param name="At">When.</param>
public sealed record AmendmentRow(int Number, string Request, string Description, DateTimeOffset At);

/// <summary>A place in a hall of fame.</summary>
public sealed record HallOfFameRow
{
    /// <summary>From 1.</summary>
    public required int Rank { get; init; }

    /// <summary>Who it is.</summary>
    public required string Candidate { get; init; }

    /// <summary>In function form, without coefficients.</summary>
    public required string Expression { get; init; }

    /// <summary>One coefficient per node, root first.</summary>
    public required ImmutableArray<double> Weights { get; init; }

    /// <summary>How many nodes.</summary>
    public required int Complexity { get; init; }

    /// <summary>Mean over the fresh replicates of a completed run, else the search's own fitness; null where a re-measurement diverged or failed.</summary>
    public double? Fitness { get; init; }

    /// <summary>The fitness that the search saw.</summary>
    public required double SearchFitness { get; init; }

    /// <summary>Fitness per fresh replicate of a completed run, else per replicate of the search.</summary>
    public ImmutableArray<double> Replicates { get; init; } = [];

    /// <summary>Of a search with several tasks: the mean error on each, the main one first.</summary>
    public ImmutableArray<double> TaskErrors { get; init; } = [];

    /// <summary>Of a search with horizons: the mean error at each and at the end, on the main task.</summary>
    public ImmutableArray<double> HorizonErrors { get; init; } = [];
}

/// <summary>A candidate that was measured again.</summary>
/// <param name="Candidate">Who it is.</param>
/// <param name="SearchFitness">The fitness that the search saw, and selected it by.</param>
/// <param name="Replicates">Fitness per network that the search never saw.</param>
public sealed record FinalistRow(string Candidate, double SearchFitness, ImmutableArray<double> Replicates);
