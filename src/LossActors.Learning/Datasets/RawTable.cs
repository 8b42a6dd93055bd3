using System.Collections.Immutable;

namespace LossActors.Learning.Datasets;

/// <summary>A dataset of named columns.</summary>
internal sealed record RawTable : RawDataset
{
    /// <summary>The input columns, in the file's order.</summary>
    public required ImmutableArray<RawColumn> Columns { get; init; }
}

/// <summary>One input column: numbers (NaN where missing), or categories (null where missing).</summary>
/// <param name="Name">The header's name.</param>
/// <param name="Numbers">The values of a numeric column; null for a categorical one.</param>
/// <param name="Categories">The values of a categorical column; null for a numeric one.</param>
internal sealed record RawColumn(string Name, double[]? Numbers, string?[]? Categories);
