using System.Collections.Immutable;
using LossActors.Learning.Protocols;

namespace LossActors.Learning.Datasets;

/// <summary>A dataset as read, before anything is split, fitted or scaled.</summary>
internal abstract record RawDataset
{
    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>Where it was read, for error messages.</summary>
    public required string Source { get; init; }

    /// <summary>Classification or regression.</summary>
    public required TaskKind Kind { get; init; }

    /// <summary>Classes by index; empty in regression.</summary>
    public required ImmutableArray<string> ClassNames { get; init; }

    /// <summary>One per instance: class index, or the target in its own unit.</summary>
    public required double[] Targets { get; init; }

    /// <summary>SHA-256 of the raw content.</summary>
    public required string Hash { get; init; }

    /// <summary>The instances from this index on are the dataset's own test part; null: it has none.</summary>
    public int? FirstTest { get; init; }
}
