using System.Collections.Immutable;

namespace LossActors.Learning.Datasets;

/// <summary>A dataset of arrays of numbers of one shape, all finite.</summary>
internal sealed record RawNumbers : RawDataset
{
    /// <summary>Instances × product of the shape, row-major.</summary>
    public required double[] Values { get; init; }

    /// <summary>Features, or channels × height × width.</summary>
    public required ImmutableArray<int> Shape { get; init; }
}
