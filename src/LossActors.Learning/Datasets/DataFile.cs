using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Unicode;

namespace LossActors.Learning.Datasets;

/// <summary>Reads data files whole, gzip or not, and refuses what cannot be what it should be.</summary>
internal static class DataFile
{
    /// <summary>Larger files are refused rather than exhausting memory.</summary>
    public const long LargestSize = 1L << 30;

    /// <summary>The bytes of a file, decompressed if it is gzip.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">Most bytes to decompress to.</param>
    /// <exception cref="DataException">The file is missing, unreadable, broken or too large.</exception>
    public static byte[] Read(string path, long limit = LargestSize) => Open(path, file => Read(file, path, limit));

    /// <summary>What a function makes of an opened file.</summary>
    /// <exception cref="DataException">The file is missing or unreadable.</exception>
    public static T Open<T>(string path, Func<FileStream, T> read)
    {
        if (Directory.Exists(path))
        {
            throw new DataException($"{path}: this is a folder; name a file in it");
        }

        try
        {
            // To open a pipe that nobody writes to would take for ever; pipes and devices have no length either.
            var target = (FileInfo?)File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path);
            if (target is { Exists: true, Length: 0 })
            {
                throw new DataException($"{path}: the file is empty, or no file but a pipe or a device; name a file with data");
            }

            using var file = File.OpenRead(path);
            return read(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException($"{path}: no such file; check the path", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new DataException($"{path} cannot be read: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>The bytes of a stream that can be read twice, decompressed if it is gzip.</summary>
    public static byte[] Read(Stream stream, string source, long limit = LargestSize)
    {
        var zipped = stream.ReadByte() == 0x1f && stream.ReadByte() == 0x8b;
        var end = zipped ? Length(stream) : null;
        stream.Position = 0;
        using var content = zipped ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        using var memory = new MemoryStream();
        var buffer = new byte[1 << 16];
        try
        {
            for (int read; (read = content.Read(buffer)) > 0;)
            {
                if (memory.Length + read > limit)
                {
                    throw new DataException($"{source}: holds more than {limit:N0} bytes, the most that is read here; use a smaller file");
                }

                memory.Write(buffer, 0, read);
            }
        }
        catch (InvalidDataException e)
        {
            throw new DataException($"{source}: broken gzip data; fetch the file again", e);
        }

        return !zipped || (uint)memory.Length == end
            ? memory.ToArray()
            : throw new DataException($"{source}: cut off or broken gzip data; fetch the file again (or, if it is several gzip files joined together, unpack it)");
    }

    // What a gzip file's last four bytes say it unpacks to (RFC 1952): the decompressor takes the end of a file for the end of its data. Null: too short for a header and an end.
    private static uint? Length(Stream stream)
    {
        if (stream.Length < 18)
        {
            return null;
        }

        var bytes = new byte[4];
        stream.Seek(-4, SeekOrigin.End);
        stream.ReadExactly(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    /// <summary>The UTF-8 text of a table's bytes, a byte order mark left out.</summary>
    /// <exception cref="DataException">Not UTF-8 text, with the first line that is not.</exception>
    public static ReadOnlyMemory<byte> Text(byte[] bytes, string source)
    {
        var rest = bytes.AsSpan();
        if (rest.StartsWith((byte[])[0xff, 0xfe]) || rest.StartsWith((byte[])[0xfe, 0xff]))
        {
            throw new DataException($"{source}: the file is UTF-16 text; save it as UTF-8");
        }

        if (rest.StartsWith((byte[])[0xef, 0xbb, 0xbf]))
        {
            rest = rest[3..];
        }

        if (!Utf8.IsValid(rest) || rest.Contains((byte)0))
        {
            var line = 1;
            foreach (var range in rest.Split((byte)'\n'))
            {
                if (!Utf8.IsValid(rest[range]) || rest[range].Contains((byte)0))
                {
                    break;
                }

                line++;
            }

            throw new DataException($"{source}, line {line}: not UTF-8 text; save the table as UTF-8 (CSV), or name another file");
        }

        return bytes.AsMemory(bytes.Length - rest.Length);
    }
}
