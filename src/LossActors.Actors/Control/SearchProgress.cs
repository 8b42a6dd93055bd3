using System.Collections.Immutable;
using LossActors.Actors.Protocol;
using LossActors.Actors.Record;
using LossActors.Evolution.Candidates;

namespace LossActors.Actors.Control;

/// <summary>What a running search tells whoever watches it from within its process.</summary>
public abstract record SearchProgress
{
    /// <summary>A candidate has its verdict, and both the journal and the record have it for good: this is the acknowledgement.</summary>
    /// <param name="Candidate">As recorded.</param>
    /// <param name="Evaluations">Verdicts so far, this one included.</param>
    /// <param name="Trained">Trained so far.</param>
    public sealed record CandidateJudged(CandidateRow Candidate, int Evaluations, int Trained) : SearchProgress;

    /// <summary>An island accepted migrants.</summary>
    public sealed record Migrated(int From, int To, ImmutableArray<CandidateId> Accepted) : SearchProgress;

    /// <summary>The Pareto front of fitness and complexity changed; by rising complexity.</summary>
    public sealed record HallOfFameChanged(ImmutableArray<Individual> Front) : SearchProgress;

    /// <summary>Networks were trained under the task loss at one learning rate; null: diverged or failed.</summary>
    public sealed record BaselineMeasured(double LearningRate, double? Fitness) : SearchProgress;

    /// <summary>A finalist was re-measured on fresh replicates; null: diverged or failed.</summary>
    public sealed record FinalistMeasured(CandidateId Candidate, double? Fitness) : SearchProgress;

    /// <summary>The run is now <c>running</c>, <c>paused</c>, <c>stopping</c>, <c>finals</c>, <c>completed</c>, <c>cancelled</c> or <c>failed</c>.</summary>
    public sealed record StateChanged(string State, string? Reason) : SearchProgress;

    /// <summary>A user's change to the search is in force.</summary>
    /// <param name="Number">From 1, over the run.</param>
    /// <param name="Description">The change in words.</param>
    public sealed record Amended(int Number, string Description) : SearchProgress;

    /// <summary>The slots and what waits for them, about once a second.</summary>
    public sealed record WorkforceChanged(BrokerMessages.Workforce Workforce) : SearchProgress;

    /// <summary>Something went wrong that the search tries to get over by itself. One line.</summary>
    public sealed record Trouble(string Message) : SearchProgress;
}
