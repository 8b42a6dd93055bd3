using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace LossActors.Learning.Datasets.MatFiles;

/// <summary>
/// Reads arrays of real numbers from MAT-files of version 5, little-endian, compressed or not (MathWorks, <i>MAT-File Format</i>). Own code, since nothing that a header claims may
/// be believed: an array is only allocated once its size agrees with its shape and with the bytes that there are.
/// </summary>
internal static class MatFile
{
    private const int HeaderLength = 128;
    private const uint Matrix = 14, Compressed = 15;
    private const uint Characters = 1, Integers = 5, Flags = 6;
    private const int LongestName = 1024, MostDimensions = 8;

    // Deflate's densest code stands for 258 bytes in two bits.
    private const long LargestExpansion = 1032;

    /// <summary>Reads the arrays of some names, in their order.</summary>
    /// <exception cref="DataException">The file is missing, broken, of another version, or lacks one.</exception>
    public static MatArray[] Read(string path, params ReadOnlySpan<string> names)
    {
        var bytes = DataFile.Read(path);
        CheckHeader(path, bytes);
        var arrays = new Dictionary<string, MatArray>();
        for (var at = HeaderLength; at < bytes.Length;)
        {
            var elements = new MatElements(new MemoryStream(bytes, at, bytes.Length - at), path);
            var (type, length, content) = elements.Tag();
            at += 8;
            length = content is null ? length : 0;
            if (length > bytes.Length - at)
            {
                throw new DataException($"{path}: cut off: an element of {length} bytes, {bytes.Length - at} are there; fetch the file again");
            }

            if (type is Matrix or Compressed)
            {
                Add(arrays, path, new MemoryStream(bytes, at, (int)length), type == Compressed, names);
            }

            at += (int)length;
        }

        foreach (var name in names)
        {
            if (!arrays.ContainsKey(name))
            {
                throw new DataException($"{path}: there is no array {name}; this is another file than it should be");
            }
        }

        return Array.ConvertAll(names.ToArray(), name => arrays[name]);
    }

    private static void CheckHeader(string path, byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith("MATLAB 7.3"u8))
        {
            throw new DataException($"{path}: a MAT-file of version 7.3; save it as version 7 (MATLAB: save -v7)");
        }

        if (bytes.Length < HeaderLength || bytes[126] != 'I' || bytes[127] != 'M' || BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(124)) != 0x0100)
        {
            throw new DataException($"{path}: not a MAT-file of version 5, little-endian; fetch the file again");
        }
    }

    private static void Add(Dictionary<string, MatArray> arrays, string path, MemoryStream content, bool isCompressed, ReadOnlySpan<string> names)
    {
        var most = isCompressed ? Math.Min(content.Length * LargestExpansion, DataFile.LargestSize) : content.Length;
        try
        {
            using Stream stream = isCompressed ? new ZLibStream(content, CompressionMode.Decompress) : content;
            var elements = new MatElements(stream, path);
            if (isCompressed && elements.Tag().Type != Matrix)
            {
                return;
            }

            var flags = elements.Content(Flags, 8);
            var shape = MemoryMarshal.Cast<byte, int>(elements.Content(Integers, 4 * MostDimensions)).ToImmutableArray();
            var name = Encoding.ASCII.GetString(elements.Content(Characters, LongestName));
            if (!names.Contains(name))
            {
                return;
            }

            arrays[name] = Numbers(elements, flags, shape, most, $"{path}, array {name}");
            if (isCompressed && stream.ReadByte() >= 0)
            {
                throw elements.Broken();
            }
        }
        catch (InvalidDataException e)
        {
            throw new DataException($"{path}: broken compressed data ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}); fetch the file again", e);
        }
    }

    private static MatArray Numbers(MatElements elements, byte[] flags, ImmutableArray<int> shape, long most, string source)
    {
        var isReal = flags is [>= 6 and <= 15, var more, ..] && (more & 0x08) == 0;
        var (code, length, content) = elements.Tag();
        if (!isReal || NumberType.OfMatFile(code) is not { } type)
        {
            throw new DataException($"{source}: not an array of real numbers; this is another file than it should be");
        }

        // Compared before anything is allocated: the shape may claim what it likes. A double holds the product without overflow, and exactly where it matters.
        var size = shape.Aggregate((double)type.Size, (product, extent) => product * extent);
        return shape.Any(extent => extent < 0) || size != length ? throw new DataException($"{source}: {length} bytes of numbers, but the shape is {string.Join(" × ", shape)}; fetch the file again")
            : size > most ? throw new DataException($"{source}: cut off: the shape is {string.Join(" × ", shape)}; fetch the file again")
            : new MatArray(shape, type, content ?? elements.Content(length));
    }
}
