namespace LossActors.Learning.Datasets;

/// <summary>A dataset of grey images of one size.</summary>
internal sealed record RawImages : RawDataset
{
    /// <summary>Instances × height × width, row-major, 0 to 255.</summary>
    public required byte[] Pixels { get; init; }

    /// <summary>Rows per image.</summary>
    public required int Height { get; init; }

    /// <summary>Columns per image.</summary>
    public required int Width { get; init; }
}
