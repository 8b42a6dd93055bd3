using LossActors.Actors.Experiments;
using LossActors.Actors.Persistence;
using LossActors.Expressions.Known;

namespace LossActors.Actors.Hosting;

/// <summary>What a search node is started for.</summary>
public sealed record SearchNodeOptions
{
    /// <summary>Where its logs go, and its state unless <see cref="Database"/> says otherwise; made when a new run starts, never before.</summary>
    public required DataFolder Folder { get; init; }

    /// <summary>Where its state lives; the SQLite file in <see cref="Folder"/> if nothing is said. Made when a new run starts, never before.</summary>
    public Database Database { get => field ?? new SqliteDatabase(Folder); init; }

    /// <summary>The run's id: a new one (<see cref="Runs.RunId.New"/>), or that of a run to be gone on with.</summary>
    public required string Run { get; init; }

    /// <summary>The experiment; when resuming, that of the run with the changes that are asked for. A node that joins
    /// takes the run's own, and from here only the evaluators of this machine.</summary>
    public required Experiment Experiment { get; init; }

    /// <summary>The search as it was founded, from which the journals of its islands begin; found by the node itself.</summary>
    internal SearchSettings? Founded { get; init; }

    /// <summary>Go on with the run instead of founding it.</summary>
    public bool Resume { get; init; }

    /// <summary>Where evaluations are done.</summary>
    public required IWorkplace Workplace { get; init; }

    /// <summary>Whether other search nodes can share the work: where all of them reach the database.</summary>
    public bool IsSpread => Workplace.IsClustered && Database.IsShared;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Looks at the task's data; null: loads it as evaluators do.</summary>
    public Func<Learning.Protocols.EvaluationProtocol, TaskFacts>? Inspect { get; init; }
}

/// <summary>What a run records of its tasks' data.</summary>
/// <param name="Hash">Hashes of the raw data (<see cref="Learning.Datasets.DataHashes"/>): a resumed run refuses another.</param>
/// <param name="Metric">What fitness measures: <c>error-rate</c>, <c>mse</c>, their mean over tasks of both kinds (<c>mean-error</c>), or <c>relative-error</c>.</param>
public sealed record TaskFacts(string Hash, string Metric)
{
    /// <summary>What networks predict on the main task.</summary>
    public Prediction Prediction { get; init; }

    /// <summary>How many classes it has; 0 for numbers.</summary>
    public int Classes { get; init; }
}
