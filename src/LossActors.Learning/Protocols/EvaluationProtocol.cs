using System.Collections.Immutable;
using LossActors.Evolution.Evaluation;
using LossActors.Learning.Training;

namespace LossActors.Learning.Protocols;

/// <summary>
/// All that a fitness depends on besides the expression: two evaluations under the same protocol and replicate give the same numbers.
/// Plain data that travels to evaluators; its hash is part of every fitness's key.
/// </summary>
public sealed record EvaluationProtocol
{
    /// <summary>What is learned.</summary>
    public TaskSettings Task { get; init; } = new();

    /// <summary>The base network.</summary>
    public NetworkSettings Network { get; init; } = new();

    /// <summary>How base networks are trained.</summary>
    public TrainingSettings Training { get; init; } = new();

    /// <summary>
    /// Other tasks of the same search: fitness is the weighted mean over all tasks, refinement descends that of their objectives, and a gate that stops a loss on any of them stops it.
    /// </summary>
    public ImmutableArray<FurtherTask> FurtherTasks { get; init; } = [];

    /// <summary>Whether a task's error is divided by that of a guess before it enters the mean, so that a mean of error rates and squared errors makes sense.</summary>
    public bool RelativeErrors { get; init; }

    /// <summary>The gates.</summary>
    public FilterSettings Filters { get; init; } = new();

    /// <summary>How coefficients are tuned.</summary>
    public RefinementSettings Refinement { get; init; } = new();

    /// <summary>Networks trained per candidate, each from its own initial weights and batch order.</summary>
    public int Replicates { get; init; } = 1;

    /// <summary>
    /// How often training and validation data are divided, each time anew (repeated random sub-sampling), with networks of their own: a fitness is the mean over the divisions, so
    /// that fewer losses win by suiting one validation part. The test part is the same in all.
    /// </summary>
    public int Divisions { get; init; } = 1;

    /// <summary>Seeds the split, the initial weights and the batch orders (never the search).</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How training steps and meta-gradients are computed. Changes results by rounding only.</summary>
    public TrainingPath Path { get; init; }

    /// <summary>Arithmetic of the training: single precision, or double for checks.</summary>
    public bool DoublePrecision { get; init; }

    /// <summary>Training steps of a fitness that is measured to the end: over all replicates, tasks and divisions.</summary>
    public int FullSteps => FullStepsOn(TaskSet.All);

    /// <summary>The same of a fitness on some of the tasks.</summary>
    public int FullStepsOn(TaskSet tasks) =>
        Replicates * Divisions * new[] { Training.Steps }.Concat(FurtherTasks.Select(task => task.Training.Steps)).Where((_, task) => tasks.Contains(task)).Sum();

    /// <summary>The same protocol on another task alone.</summary>
    public EvaluationProtocol On(FurtherTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return this with { Task = task.Task, Network = task.Network, Training = task.Training, FurtherTasks = [] };
    }
}
