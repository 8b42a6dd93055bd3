using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LossActors.Learning.Datasets.NumPy;

/// <summary>
/// What stands before the numbers of an .npy file, versions 1 to 3 of the format (NumPy Enhancement Proposal 1): magic bytes, version, length, and a Python dictionary literal.
/// </summary>
/// <param name="Type">Of each number.</param>
/// <param name="IsFortran">Whether the first index runs fastest.</param>
/// <param name="Shape">The extents; none for a single number.</param>
internal sealed partial record NpyHeader(NumberType Type, bool IsFortran, ImmutableArray<int> Shape)
{
    private const int LongestText = 1 << 16;
    private const int MostDimensions = 8;
    private static readonly byte[] s_magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>How many numbers there are.</summary>
    public long Count => Shape.Aggregate(1L, (product, extent) => product * extent);

    /// <summary>Reads a header, and leaves the stream where the numbers start.</summary>
    /// <param name="stream">At its beginning.</param>
    /// <param name="source">File and array, for messages.</param>
    /// <param name="limit">Most bytes that the numbers may take.</param>
    /// <exception cref="DataException">No such header, or one of an array that is not read here.</exception>
    public static NpyHeader Read(Stream stream, string source, long limit)
    {
        var start = Take(stream, source, 8);
        if (!start.AsSpan(0, 6).SequenceEqual(s_magic) || start[6] is < 1 or > 3)
        {
            throw new DataException($"{source}: not an array of NumPy's format, versions 1 to 3; save it with numpy.savez");
        }

        var length = start[6] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(Take(stream, source, 2)) : BinaryPrimitives.ReadUInt32LittleEndian(Take(stream, source, 4));
        if (length > LongestText)
        {
            throw new DataException($"{source}: a header of {length} bytes, more than {LongestText}; this is no plain array of numbers");
        }

        var text = Encoding.UTF8.GetString(Take(stream, source, (int)length));
        var (type, order, shape) = (TypeEntry().Match(text), OrderEntry().Match(text), ShapeEntry().Match(text));
        if (!type.Success || !order.Success || !shape.Success)
        {
            throw new DataException($"{source}: the header {CsvTable.Shown(text.Trim(), 80)} is not that of a plain array of numbers; save numbers only, without field names");
        }

        return new NpyHeader(
            NumberType.OfNumPy(type.Groups[1].Value) ?? throw new DataException(
                $"{source}: numbers of type {CsvTable.Shown(type.Groups[1].Value)} are not read; save truth values, integers or floating-point numbers (b1, i1–i8, u1–u8, f2–f8), no objects or text"),
            order.Groups[1].Value == "True",
            Extents(shape.Groups[1].Value, source)).Within(limit, source);
    }

    // Compared before anything is allocated: a header may claim what it likes.
    private NpyHeader Within(long limit, string source)
    {
        var bytes = (double)Type.Size;
        foreach (var extent in Shape)
        {
            bytes *= extent;
        }

        return bytes <= limit ? this : throw new DataException($"{source}: {string.Join(" × ", Shape)} numbers of {Type} take more than {limit:N0} bytes, the most that is read here; use fewer instances");
    }

    private static ImmutableArray<int> Extents(string text, string source)
    {
        var words = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var extents = words.Select(word => int.TryParse(word.TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out var extent) ? extent : -1).ToImmutableArray();
        return extents.Length <= MostDimensions && !extents.Contains(-1)
            ? extents
            : throw new DataException($"{source}: the shape ({CsvTable.Shown(text)}) cannot be read; at most {MostDimensions} extents below 2^31 can");
    }

    private static byte[] Take(Stream stream, string source, int count)
    {
        var bytes = new byte[count];
        return stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count
            ? bytes
            : throw new DataException($"{source}: cut off within its header; save the file again");
    }

    [GeneratedRegex("""'descr'\s*:\s*'([^']*)'""")]
    private static partial Regex TypeEntry();

    [GeneratedRegex("""'fortran_order'\s*:\s*(True|False)\b""")]
    private static partial Regex OrderEntry();

    [GeneratedRegex("""'shape'\s*:\s*\(([^()]*)\)""")]
    private static partial Regex ShapeEntry();
}
