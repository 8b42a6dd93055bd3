namespace LossActors.Learning.Datasets;

/// <summary>A dataset of images of one size.</summary>
internal sealed record RawImages : RawDataset
{
    /// <summary>Instances × channels × height × width, row-major, 0 to 255.</summary>
    public required byte[] Pixels { get; init; }

    /// <summary>1 if grey, 3 if red, green and blue.</summary>
    public required int Channels { get; init; }

    /// <summary>Rows per image.</summary>
    public required int Height { get; init; }

    /// <summary>Columns per image.</summary>
    public required int Width { get; init; }
}
