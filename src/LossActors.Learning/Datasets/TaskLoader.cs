using LossActors.Learning.Protocols;

namespace LossActors.Learning.Datasets;

/// <summary>Loads a learning task: reads the dataset, splits it by a seed and standardises it.</summary>
public static class TaskLoader
{
    /// <summary>
    /// The task that the settings describe. The same settings, files and seed give the same parts, bit for bit, on every machine.
    /// </summary>
    /// <param name="settings">Which dataset, and how to read and split it.</param>
    /// <param name="seed">Seeds the split and the subsample.</param>
    /// <param name="division">Which division into training and validation data, from 0.</param>
    /// <exception cref="DataException">The data is missing, malformed or cannot be split as asked.</exception>
    public static TaskData Load(TaskSettings settings, ulong seed, int division = 0)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var raw = RawSources.Read(settings);
        return TaskPreparation.Prepare(raw, settings, seed, division);
    }
}
