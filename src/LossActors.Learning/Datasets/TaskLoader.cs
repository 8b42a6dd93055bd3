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
    /// <exception cref="DataException">The data is missing, malformed or cannot be split as asked.</exception>
    public static TaskData Load(TaskSettings settings, ulong seed) => Load(settings, seed, 1).Single();

    /// <summary>The same task once per division into training and validation data: read once, then prepared one by one as they are asked for.</summary>
    /// <inheritdoc cref="Load(TaskSettings, ulong)"/>
    /// <param name="settings">Which dataset, and how to read and split it.</param>
    /// <param name="seed">Seeds the split and the subsample.</param>
    /// <param name="divisions">How many, at least one; the first is that of <see cref="Load(TaskSettings, ulong)"/>.</param>
    public static IEnumerable<TaskData> Load(TaskSettings settings, ulong seed, int divisions)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var raw = RawSources.Read(settings);
        return Enumerable.Range(0, divisions).Select(division => TaskPreparation.Prepare(raw, settings, seed, division));
    }
}
