using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Racing;
using LossActors.Expressions;
using LossActors.Learning.Losses.Neural;

namespace LossActors.Actors.Protocol;

/// <summary>A message that may cross the wire; bound to the closed serializer.</summary>
public interface IWireMessage;

/// <summary>What a slot is asked to do. Part of the wire contract: only append.</summary>
public enum JobKind : byte
{
    /// <summary>See <see cref="Stage.Refine"/>.</summary>
    Refine = 0,
    /// <summary>See <see cref="Stage.Screen"/>.</summary>
    Screen = 1,
    /// <summary>See <see cref="Stage.Train"/>.</summary>
    Train = 2,
    /// <summary>Train again on fresh replicates, for the hall of fame.</summary>
    Measure = 3,
    /// <summary>Train under the task loss at one learning rate.</summary>
    Baseline = 4,
    /// <summary>Train a neural loss, and then base networks under it.</summary>
    Learn = 5,
}

/// <summary>Names a job within a run; offering the same job twice is harmless.</summary>
/// <param name="Kind">What is to be done.</param>
/// <param name="Candidate">For whom; for Baseline (-1, index of the learning rate).</param>
/// <param name="FirstReplicate">The first replicate to train (0 but for Measure and Baseline).</param>
public readonly record struct JobId(JobKind Kind, CandidateId Candidate, int FirstReplicate = 0)
{
    /// <summary>For logs and records: <c>Train 2:17 +0</c>.</summary>
    public override string ToString() => $"{Kind} {Candidate} +{FirstReplicate}";
}

/// <summary>One piece of work for one slot.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Expression">The loss, if it is an expression.</param>
/// <param name="Replicates">Networks to train, for all but Refine and Screen.</param>
/// <param name="LearningRate">For Baseline.</param>
public sealed record Job(JobId Id, Expression? Expression, int Replicates = 1, double LearningRate = 0)
{
    /// <summary>For Train: where it is measured on the way, and may be stopped, as its island knew it at the candidate's birth.</summary>
    public ImmutableArray<Rung> Rungs { get; init; } = [];

    /// <summary>The loss, if it is a neural network: for Learn the random one to begin with.</summary>
    public NeuralLoss? Network { get; init; }

    /// <summary>What it is measured on.</summary>
    public TaskSet Tasks { get; init; }

    /// <summary>Numbers in its loss, which decide how long its message is.</summary>
    public int Size => Expression?.Count ?? Network?.Parameters.Length ?? 0;

    /// <summary>Jobs that are alike in this can be done together: they differ in loss or learning rate only.</summary>
    public Likeness Likeness => new(Id.Kind, Id.FirstReplicate, Replicates, Network is not null, Tasks);
}

/// <summary>What jobs of one lease have in common.</summary>
/// <param name="Kind">What is to be done.</param>
/// <param name="FirstReplicate">The first replicate to train.</param>
/// <param name="Replicates">Networks to train.</param>
/// <param name="IsNeural">Whether their losses are neural networks.</param>
/// <param name="Tasks">What they are measured on.</param>
public readonly record struct Likeness(JobKind Kind, int FirstReplicate, int Replicates, bool IsNeural = false, TaskSet Tasks = default);

/// <summary>What came of one job.</summary>
/// <param name="Job">Which.</param>
/// <param name="Finding">What was found.</param>
public sealed record Answer(JobId Job, Finding Finding);

/// <summary>How many jobs of each kind a slot wants in one lease: as many as its device does well together and as it can finish soon.</summary>
/// <param name="Screen">Screens.</param>
/// <param name="Train">Trainings, measurements and baselines.</param>
/// <param name="Refine">Refinements.</param>
public sealed record Appetite(int Screen = 1, int Train = 1, int Refine = 1)
{
    /// <summary>For one kind.</summary>
    public int For(JobKind kind) => kind switch
    {
        JobKind.Screen => Screen,
        JobKind.Refine => Refine,
        JobKind.Learn => 1,
        _ => Train,
    };
}

/// <summary>Between those who want work done (islands, refinement, hall of fame, run) and the broker. Local to the search node today, serializable all the same.</summary>
public static class BrokerMessages
{
    /// <summary>Do this and send <see cref="Done"/> to the sender. Idempotent; a later offer of the same job changes who is answered.</summary>
    public sealed record Offer(Job Job) : IWireMessage;

    /// <summary>The answer; sent again until <see cref="Acknowledge"/> comes.</summary>
    /// <param name="Job">Which job.</param>
    /// <param name="Finding">What was found.</param>
    /// <param name="Worker">Which slot found it (<c>pid 4711 slot 0 cpu</c>), for the record.</param>
    public sealed record Done(JobId Job, Finding Finding, string Worker) : IWireMessage;

    /// <summary>The answer has been persisted (or was not wanted any more): forget the job.</summary>
    public sealed record Acknowledge(JobId Job) : IWireMessage;

    /// <summary>Grant no new leases (drain); in-flight work goes on.</summary>
    public sealed record Pause : IWireMessage;

    /// <summary>Grant leases again.</summary>
    public sealed record Resume : IWireMessage;

    /// <summary>Asks for <see cref="Workforce"/>.</summary>
    public sealed record GetWorkforce : IWireMessage;

    /// <summary>The slots known to the broker, and how much work waits or is leased.</summary>
    public sealed record Workforce(IReadOnlyList<SlotStatus> Slots, int Waiting, int Leased) : IWireMessage;

    /// <summary>
    /// One slot as the broker sees it. State: <c>opening</c> (its bench), <c>idle</c>, <c>busy</c>, <c>unreachable</c>, <c>draining</c>,
    /// <c>refused</c> (its bench cannot be opened).
    /// </summary>
    public sealed record SlotStatus(string Slot, int Pid, string Host, string Device, string State, string? Job, long Completed);
}
