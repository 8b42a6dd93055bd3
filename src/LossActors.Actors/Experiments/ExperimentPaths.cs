namespace LossActors.Actors.Experiments;

/// <summary>The paths among an experiment's settings.</summary>
internal static class ExperimentPaths
{
    /// <summary>The experiment with each path that is not full taken as relative to a folder; as it is, if there is no folder.</summary>
    /// <exception cref="ExperimentException">Something is no path.</exception>
    public static Experiment Full(Experiment experiment, string? folder)
    {
        if (folder is null)
        {
            return experiment;
        }

        var task = experiment.Protocol.Task;
        return experiment with
        {
            Protocol = experiment.Protocol with { Task = task with { Path = Full(task.Path, folder) } },
            Search = experiment.Search with { WarmStart = experiment.Search.WarmStart with { File = Full(experiment.Search.WarmStart.File, folder) } },
            Evaluation = experiment.Evaluation with { LibTorch = Full(experiment.Evaluation.LibTorch, folder) },
        };
    }

    private static string? Full(string? path, string folder)
    {
        try
        {
            return path is null ? null : Path.GetFullPath(path, folder);
        }
        catch (ArgumentException e)
        {
            throw new ExperimentException($"{Shown.Text(path!)} is not a path", e);
        }
    }
}
