using System.Buffers.Binary;

namespace LossActors.Learning.Datasets;

/// <summary>Images of one size, as an IDX file holds them.</summary>
internal sealed record IdxImages(int Count, int Height, int Width, byte[] Pixels);

/// <summary>
/// Reads IDX files of unsigned bytes (the format of LeCun's MNIST page): a magic number whose last byte is the number of dimensions, the dimensions as big-endian
/// 32-bit numbers, then the bytes.
/// </summary>
internal static class IdxFile
{
    private const int LargestSide = 4096;

    /// <summary>Images: three dimensions.</summary>
    /// <exception cref="DataException">Not such a file, or one that is cut off or too long.</exception>
    public static IdxImages ReadImages(string path)
    {
        var (dimensions, content) = Read(path, 3);
        return dimensions[1] is > 0 and <= LargestSide && dimensions[2] is > 0 and <= LargestSide
            ? new IdxImages((int)dimensions[0], (int)dimensions[1], (int)dimensions[2], content)
            : throw new DataException($"{path}: images of {dimensions[1]} × {dimensions[2]} pixels; sides of 1 to {LargestSide} can be used");
    }

    /// <summary>Labels: one dimension.</summary>
    /// <exception cref="DataException">Not such a file, or one that is cut off or too long.</exception>
    public static byte[] ReadLabels(string path) => Read(path, 1).Content;

    private static (long[] Dimensions, byte[] Content) Read(string path, int rank)
    {
        var bytes = DataFile.Read(path);
        var header = 4 + (4 * rank);
        if (bytes.Length < header)
        {
            throw new DataException($"{path}: {bytes.Length} bytes, too short for an IDX header of {header}; fetch the file again");
        }

        var magic = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if (magic != 0x800 + rank)
        {
            throw new DataException(
                $"{path}: magic number 0x{magic:x8}, but {(rank == 3 ? "images" : "labels")} as unsigned bytes have 0x{0x800 + rank:x8}; this is another kind of file");
        }

        // Compared as numbers before anything is allocated: the header may claim what it likes. Each is below 2^32, and stops growing the product beyond the file's size.
        var dimensions = new long[rank];
        var size = 1L;
        for (var i = 0; i < rank; i++)
        {
            dimensions[i] = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4 + (4 * i)));
            size = Math.Min(size * dimensions[i], long.MaxValue >> 32);
        }

        var held = bytes.Length - header;
        if (dimensions[0] == 0 || size != held)
        {
            var shape = string.Join(" × ", dimensions);
            throw new DataException(dimensions[0] == 0 ? $"{path}: holds no instance; fetch the file again"
                : size > held ? $"{path}: cut off: the header says {shape} bytes, {held} are there; fetch the file again"
                : $"{path}: {held - size} bytes too many after {shape}; this is not a clean IDX file");
        }

        return (dimensions, bytes[header..]);
    }
}
