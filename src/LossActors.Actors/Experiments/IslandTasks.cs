using System.Collections.Immutable;
using LossActors.Evolution.Evaluation;

namespace LossActors.Actors.Experiments;

/// <summary>Which of an experiment's tasks islands measure on.</summary>
internal static class IslandTasks
{
    private const string Key = "experiment.search.tasks";

    /// <summary>The same experiment in other words: islands that name every single task measure on all, as those that name none.</summary>
    public static Experiment Simplified(Experiment experiment)
    {
        var tasks = Count(experiment);
        var search = experiment.Search;
        return experiment with
        {
            Search = search with
            {
                Island = search.Island with { Tasks = search.Island.Tasks.Among(tasks) },
                Overrides = [.. search.Overrides.Select(own => own with { Tasks = own.Tasks.Among(tasks) })],
            },
        };
    }

    /// <summary>What contradicts itself; null: nothing.</summary>
    public static string? Problem(Experiment experiment)
    {
        var tasks = Count(experiment);
        ImmutableArray<TaskSet> all = [experiment.Search.Island.Tasks, .. experiment.Search.Overrides.Select(own => own.Tasks)];
        return all.SelectMany(set => set.Numbers).FirstOrDefault(number => number >= tasks) is > 0 and var missing
            ? FormattableString.Invariant($"{Key} names task {missing}, which is not there ({(tasks == 1 ? "there is only the main one, 0; experiment.tasks has others" : FormattableString.Invariant($"there are {tasks}, from 0 to {tasks - 1}"))})")
            : experiment.Search.Method != SearchMethod.Evolution && all.Any(set => !set.IsAll)
            ? $"{Key} is about islands, and this search has none; take it out"
            : null;
    }

    private static int Count(Experiment experiment) => 1 + experiment.Protocol.FurtherTasks.Length;
}
