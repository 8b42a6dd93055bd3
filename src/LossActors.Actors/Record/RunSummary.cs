using System.Collections.Immutable;

namespace LossActors.Actors.Record;

/// <summary>One run as lists show it.</summary>
public record RunSummary
{
    /// <summary>Its id.</summary>
    public required string Run { get; init; }

    /// <summary>The experiment's name.</summary>
    public required string Name { get; init; }

    /// <summary><c>running</c>, <c>paused</c>, <c>interrupted</c>, <c>completed</c>, <c>failed</c> or <c>cancelled</c>: what is true now, not only what was journaled last.</summary>
    public required string State { get; init; }

    /// <summary>For a failed or stopped run: why.</summary>
    public string? Reason { get; init; }

    /// <summary>Seed of the search.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Whether findings are consumed in birth order.</summary>
    public required bool Strict { get; init; }

    /// <summary>Candidates with a recorded verdict.</summary>
    public required int Evaluations { get; init; }

    /// <summary>How many evaluations the run may spend.</summary>
    public required int Budget { get; init; }

    /// <summary>Those trained to the end.</summary>
    public required int Trained { get; init; }

    /// <summary>Training steps of the search: those for the fitness of candidates, and those within refinements.</summary>
    public long TrainingSteps => CandidateSteps + RefinementSteps;

    /// <summary>Training steps spent on the fitness of candidates.</summary>
    public long CandidateSteps { get; init; }

    /// <summary>Training steps spent on tuning coefficients: inner steps of all meta steps, and whole trainings.</summary>
    public long RefinementSteps { get; init; }

    /// <summary>Training steps that racing saved.</summary>
    public long SavedSteps { get; init; }

    /// <summary>How many islands.</summary>
    public required int Islands { get; init; }

    /// <summary>Time at work over all processes that owned the run, without pauses.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When something was last recorded.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What fitness measures: <c>error-rate</c>, <c>mse</c>, <c>mean-error</c> or <c>relative-error</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The evaluator processes at work now; empty unless some process owns the run.</summary>
    public ImmutableArray<EvaluatorStatus> Evaluators { get; init; } = [];

    /// <summary>The nodes of its cluster; empty unless some process owns the run.</summary>
    public ImmutableArray<NodeStatus> Nodes { get; init; } = [];

    /// <summary>The task loss at its best learning rate, once measured.</summary>
    public BaselineResult? Baseline { get; init; }
}

/// <summary>An evaluator process as its search sees it.</summary>
/// <param name="Pid">Its process.</param>
/// <param name="Device">Where it computes: <c>cpu</c>, <c>cuda:0</c>.</param>
/// <param name="State"><c>idle</c>, <c>busy</c>, <c>unreachable</c> or <c>draining</c>.</param>
public sealed record EvaluatorStatus(int Pid, string Device, string State)
{
    /// <summary>The address of its node: <c>host:port</c>; empty: it works within the search's process.</summary>
    public string Node { get; init; } = "";
}

/// <summary>A node of a run's cluster.</summary>
/// <param name="Address">As others reach it: <c>host:port</c>.</param>
/// <param name="Role"><c>search</c> or <c>evaluator</c>.</param>
/// <param name="State"><c>up</c>, or <c>leaving</c> (also: joining, or removed in a moment).</param>
public sealed record NodeStatus(string Address, string Role, string State);

/// <summary>What networks trained under the task loss reach.</summary>
/// <param name="Metric">What the value measures: <c>error-rate</c>, <c>mse</c>, <c>mean-error</c> or <c>relative-error</c>.</param>
/// <param name="Value">The mean over fresh replicates at the best learning rate.</param>
/// <param name="LearningRate">That learning rate.</param>
/// <param name="Replicates">The value of each replicate.</param>
public sealed record BaselineResult(string Metric, double Value, double LearningRate, ImmutableArray<double> Replicates);
