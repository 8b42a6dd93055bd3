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
        var (search, tasks) = (experiment.Search, Count(experiment));
        return Problem(search.Island.Tasks, search.Method, tasks)
            ?? search.Overrides.Select(own => Problem(own.Tasks, search.Method, tasks) is { } problem ? FormattableString.Invariant($"experiment.search.overrides: on island {own.Islands[0]}: {problem}") : null)
                .FirstOrDefault(problem => problem is not null);
    }

    private static string? Problem(TaskSet set, SearchMethod method, int tasks) =>
        set.Numbers.FirstOrDefault(number => number >= tasks) is > 0 and var missing
            ? FormattableString.Invariant($"{Key} names task {missing}, which is not there ({Numbers(tasks)})")
            : method != SearchMethod.Evolution && !set.IsAll ? $"{Key} is about islands, and this search has none; take it out" : null;

    private static string Numbers(int tasks) =>
        tasks == 1 ? "there is only the main one, 0; experiment.tasks has others" : FormattableString.Invariant($"there are {tasks}, from 0 to {tasks - 1}");

    private static int Count(Experiment experiment) => 1 + experiment.Protocol.FurtherTasks.Length;
}
