using System.Collections.Immutable;
using LossActors.Actors.Experiments;
using LossActors.Actors.Persistence;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Expressions;

namespace LossActors.Actors.Runs;

/// <summary>What happened to a run as a whole: its journal.</summary>
/// <param name="At">When.</param>
public abstract record RunEvent(DateTimeOffset At) : IJournaled
{
    /// <summary>The run began. Everything that is needed to repeat it is here.</summary>
    /// <param name="At">When.</param>
    /// <param name="Run">Its id.</param>
    /// <param name="Experiment">The resolved experiment.</param>
    /// <param name="DataHash">Hash of the task's data as loaded.</param>
    /// <param name="Metric">What fitness measures: <c>error-rate</c>, <c>mse</c>, <c>mean-error</c> or <c>relative-error</c>.</param>
    /// <param name="Versions">Name and version of the product and of the libraries that numbers depend on.</param>
    public sealed record Started(DateTimeOffset At, string Run, Experiment Experiment, string DataHash, string Metric, ImmutableSortedDictionary<string, string> Versions) : RunEvent(At);

    /// <summary>A process took the run over; numbered from 1.</summary>
    public sealed record EpochStarted(DateTimeOffset At, int Epoch, int Pid) : RunEvent(At);

    /// <summary>The budget was raised by whoever resumed the run.</summary>
    public sealed record BudgetRaised(DateTimeOffset At, int Evaluations, TimeSpan? Time) : RunEvent(At);

    /// <summary>An island may spend so many births; journaled before it is sent. 0: there are no more.</summary>
    public sealed record BudgetGranted(DateTimeOffset At, int Island, int Number, int Births) : RunEvent(At);

    /// <summary>Networks were trained under the task loss at one learning rate.</summary>
    /// <param name="At">When.</param>
    /// <param name="Index">Which of the experiment's baseline learning rates.</param>
    /// <param name="LearningRate">Its value.</param>
    /// <param name="FirstReplicate">The first replicate trained.</param>
    /// <param name="Fitness">One value per replicate; empty when it diverged or failed.</param>
    /// <param name="Seconds">Evaluator time.</param>
    public sealed record BaselineMeasured(DateTimeOffset At, int Index, double LearningRate, int FirstReplicate, ImmutableArray<double> Fitness, double Seconds) : RunEvent(At);

    /// <summary>A neural loss was trained and measured, or could not be.</summary>
    /// <param name="At">When.</param>
    /// <param name="Candidate">Which.</param>
    /// <param name="Finding"><see cref="Learning.Laboratory.LearnedLoss"/>, or Failed.</param>
    /// <param name="Worker">Which slot found it.</param>
    public sealed record Learned(DateTimeOffset At, CandidateId Candidate, Finding Finding, string Worker) : RunEvent(At);

    /// <summary>No island will propose any more: the best are re-measured on fresh replicates.</summary>
    /// <param name="At">When.</param>
    /// <param name="Finalists">Who.</param>
    /// <param name="Births">How many births each island has spent: fewer than granted where the run was stopped.</param>
    public sealed record FinalsBegan(DateTimeOffset At, ImmutableArray<Individual> Finalists, ImmutableArray<int> Births) : RunEvent(At);

    /// <summary>A finalist was re-measured. <paramref name="Fitness"/> is empty when it diverged or failed.</summary>
    public sealed record ReplicatesMeasured(DateTimeOffset At, CandidateId Candidate, int FirstReplicate, ImmutableArray<double> Fitness, double Seconds) : RunEvent(At)
    {
        /// <summary>Mean error on each of several tasks.</summary>
        public ImmutableArray<double> TaskErrors { get; init; } = [];

        /// <summary>Mean error at each horizon and at the end.</summary>
        public ImmutableArray<double> HorizonErrors { get; init; } = [];
    }

    /// <summary>A user asked to pause: no new leases, in-flight work goes on.</summary>
    public sealed record Paused(DateTimeOffset At) : RunEvent(At);

    /// <summary>The run goes on after a pause.</summary>
    public sealed record Resumed(DateTimeOffset At) : RunEvent(At);

    /// <summary>The run ends before its budget: what was proposed is finished, then come the finals.</summary>
    public sealed record Stopping(DateTimeOffset At, string Reason) : RunEvent(At);

    /// <summary>A user changed the search while it went on.</summary>
    /// <param name="At">When.</param>
    /// <param name="Number">Of the change, from 1: also the revision of the settings.</param>
    /// <param name="Request">What whoever asked knows it by.</param>
    /// <param name="Description">The change in words.</param>
    /// <param name="Search">The search as it is from now on.</param>
    public sealed record Amended(DateTimeOffset At, int Number, string Request, string Description, SearchSettings Search) : RunEvent(At);

    /// <summary>A user injected a loss.</summary>
    /// <param name="At">When.</param>
    /// <param name="Number">Of the change, from 1; one series with those of <see cref="Amended"/>.</param>
    /// <param name="Request">What whoever asked knows it by.</param>
    /// <param name="Description">The change in words.</param>
    /// <param name="Island">Where to.</param>
    /// <param name="Injection">The how manieth that island gets, from 1.</param>
    /// <param name="Expression">The loss.</param>
    public sealed record Injected(DateTimeOffset At, int Number, string Request, string Description, int Island, int Injection, Expression Expression) : RunEvent(At);

    /// <summary>A closed island has finished: it has spent so many births, and what else it was granted is the others'.</summary>
    public sealed record IslandClosed(DateTimeOffset At, int Island, int Births) : RunEvent(At);

    /// <summary>The run is over.</summary>
    public sealed record Completed(DateTimeOffset At, ImmutableArray<RankedLoss> HallOfFame) : RunEvent(At)
    {
        /// <summary>The hall of fame of a search for neural losses.</summary>
        public ImmutableArray<RankedNetwork> Networks { get; init; } = [];
    }

    /// <summary>A user ended the run at once.</summary>
    public sealed record Cancelled(DateTimeOffset At) : RunEvent(At);

    /// <summary>The run cannot go on.</summary>
    public sealed record Failed(DateTimeOffset At, string Reason) : RunEvent(At);
}
