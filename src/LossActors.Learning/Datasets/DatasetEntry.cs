using System.Collections.Immutable;
using LossActors.Learning.Protocols;

namespace LossActors.Learning.Datasets;

/// <summary>One dataset of the catalog.</summary>
/// <param name="Name">What <c>task.dataset</c> calls it.</param>
/// <param name="Kind">Classification or regression; null where the data decides.</param>
/// <param name="Instances">Instances in all parts; null where the data decides.</param>
/// <param name="InputShape">Features, or channels × height × width; empty where the data decides.</param>
/// <param name="Classes">Number of classes, 0 in regression; null where the data decides.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record DatasetEntry(string Name, TaskKind? Kind, int? Instances, ImmutableArray<int> InputShape, int? Classes, string Source)
{
    /// <summary>The folder where its files are looked for if the settings name none; null: embedded, or only where the settings say.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether it can be used on this machine without naming a path.</summary>
    public bool IsPresent { get; init; }
}
