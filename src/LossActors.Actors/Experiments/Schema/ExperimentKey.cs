namespace LossActors.Actors.Experiments.Schema;

/// <summary>One key of the experiment file: all that is known of it.</summary>
/// <param name="Path">Its full path, without <c>experiment.</c>.</param>
/// <param name="Type">What it takes.</param>
/// <param name="Doc">What it means; one sentence.</param>
/// <param name="Get">Its value in an experiment.</param>
/// <param name="Set">The experiment with another value.</param>
internal sealed record ExperimentKey(
    string Path, KeyType Type, string Doc, Func<Experiment, object?> Get, Func<Experiment, object?, Experiment> Set)
{
    /// <summary>The blocks it lies in.</summary>
    public string Section => Path.Contains('.', StringComparison.Ordinal) ? Path[..Path.LastIndexOf('.')] : "";

    /// <summary>The last part of its path.</summary>
    public string Name => Path[(Path.LastIndexOf('.') + 1)..];
}
