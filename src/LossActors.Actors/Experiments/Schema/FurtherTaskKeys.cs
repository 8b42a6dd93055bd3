using System.Collections.Immutable;
using LossActors.Learning.Protocols;

namespace LossActors.Actors.Experiments.Schema;

/// <summary><c>tasks = [ … ]</c> and what goes with it.</summary>
internal static class FurtherTaskKeys
{
    public static ImmutableArray<ExperimentKey> All { get; } =
    [
        new("tasks", new TaskBlocks(),
            "Tasks beside the main one: blocks of task, network and training, as in the main one where they say nothing else, and a weight (the main one has 1).",
            e => e.Protocol.FurtherTasks, (e, v) => FurtherTasks.With(e, (ImmutableArray<FurtherTask>)v!)),
        new("relative-errors", new TruthValue(),
            "Divide each task's error by that of a guess (the commonest class, the mean target) before they are averaged.",
            e => e.Protocol.RelativeErrors, (e, v) => e with { Protocol = e.Protocol with { RelativeErrors = (bool)v! } }),
    ];
}
