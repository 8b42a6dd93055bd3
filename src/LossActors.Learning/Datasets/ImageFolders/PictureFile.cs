using SkiaSharp;

namespace LossActors.Learning.Datasets.ImageFolders;

/// <summary>Reads PNG, JPEG and BMP files. Transparency and the orientation that a camera notes are left out of account.</summary>
internal static class PictureFile
{
    /// <summary>The longest side that is read.</summary>
    public const int LargestSide = 4096;

    private const long LargestFile = 1 << 26;
    private static readonly byte[] s_endChunk = [.. "IEND"u8, 0xae, 0x42, 0x60, 0x82];

    /// <summary>What files that are read are called.</summary>
    public static string[] Extensions => [".png", ".jpg", ".jpeg", ".bmp"];

    /// <summary>Decodes a file.</summary>
    /// <exception cref="DataException">It is missing, too large, cut off, or no such image.</exception>
    public static Picture Read(string path)
    {
        var bytes = DataFile.Read(path, LargestFile);
        using var data = SKData.CreateCopy(bytes);
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.EncodedFormat is not (SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Bmp))
        {
            throw new DataException($"{path}: neither a PNG, a JPEG nor a BMP image; convert it, or take it out");
        }

        var (height, width) = (codec.Info.Height, codec.Info.Width);
        if (height is < 1 or > LargestSide || width is < 1 or > LargestSide)
        {
            throw new DataException($"{path}: an image of {height} × {width} pixels; sides of 1 to {LargestSide} can be used");
        }

        if (!HasEnd(codec.EncodedFormat, bytes))
        {
            throw new DataException($"{path}: cut off; replace the image, or take it out");
        }

        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        return codec.GetPixels(bitmap.Info, bitmap.GetPixels()) is var result and not SKCodecResult.Success
            ? throw new DataException($"{path}: {(result == SKCodecResult.IncompleteInput ? "cut off" : $"broken ({result})")}; replace the image, or take it out")
            : new Picture(height, width, Planes(bitmap.GetPixelSpan(), height * width));
    }

    // The decoder fills in what the end of a JPEG or PNG lacks. Cameras append things of their own after it.
    private static bool HasEnd(SKEncodedImageFormat format, ReadOnlySpan<byte> bytes) => format switch
    {
        SKEncodedImageFormat.Jpeg => JpegMarkers.ReachEnd(bytes),
        SKEncodedImageFormat.Png => bytes.LastIndexOf(s_endChunk) > 0,
        _ => true,
    };

    private static byte[] Planes(ReadOnlySpan<byte> pixels, int plane)
    {
        var planes = new byte[3 * plane];
        for (var channel = 0; channel < 3; channel++)
        {
            for (var i = 0; i < plane; i++)
            {
                planes[(channel * plane) + i] = pixels[(4 * i) + channel];
            }
        }

        return planes;
    }
}
