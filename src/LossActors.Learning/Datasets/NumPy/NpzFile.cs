using System.Collections.Immutable;
using System.IO.Compression;
using System.IO.Hashing;

namespace LossActors.Learning.Datasets.NumPy;

/// <summary>Reads arrays from an .npz file: a zip archive of .npy files. Entries are looked up by name, and nothing is written anywhere.</summary>
internal sealed class NpzFile : IDisposable
{
    // No entry of a zip archive can be longer: deflate's densest code stands for 258 bytes in two bits.
    private const long LargestExpansion = 1032;
    private const string Extension = ".npy";

    private readonly string _path;
    private readonly ZipArchive _archive;
    private readonly long _length;

    /// <param name="path">The file, for messages.</param>
    /// <param name="stream">Its content; disposed with this object.</param>
    /// <exception cref="DataException">Not a zip archive, or one that is cut off.</exception>
    public NpzFile(string path, Stream stream)
    {
        (_path, _length) = (path, stream.Length);
        try
        {
            _archive = new ZipArchive(stream, ZipArchiveMode.Read);
            Names = [.. _archive.Entries.Select(e => e.FullName).Where(n => n.EndsWith(Extension, StringComparison.Ordinal)).Select(n => n[..^Extension.Length])];
        }
        catch (InvalidDataException e)
        {
            throw new DataException($"{path}: not an .npz file, or one that is cut off ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}); save it again with numpy.savez", e);
        }
    }

    /// <summary>The arrays, in the file's order.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Reads one array.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="DataException">It is cut off, too large, too long, or no plain array of numbers.</exception>
    public NpyArray Read(string name)
    {
        var source = $"{_path}, array {CsvTable.Shown(name)}";
        var entry = _archive.GetEntry(name + Extension)!;
        try
        {
            var crc = new Crc32();
            using var stream = new HashingStream(entry.Open(), crc);
            var header = NpyHeader.Read(stream, source, DataFile.LargestSize);
            var size = header.Count * header.Type.Size;
            if (size > Math.Min(entry.CompressedLength, _length) * LargestExpansion)
            {
                throw CutOff(source, header);
            }

            var bytes = new byte[size];
            if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            {
                throw CutOff(source, header);
            }

            if (stream.ReadByte() >= 0)
            {
                throw new DataException($"{source}: more bytes than {string.Join(" × ", header.Shape)} numbers of {header.Type} take; save the file again");
            }

            if (crc.GetCurrentHashAsUInt32() != entry.Crc32)
            {
                throw new DataException($"{source}: broken data (its checksum is another); save the file again");
            }

            header.Type.Order(bytes);
            return NpyArray.Create(name, header, bytes);
        }
        catch (InvalidDataException e)
        {
            throw new DataException($"{source}: broken data ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}); save the file again", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _archive.Dispose();

    private static DataException CutOff(string source, NpyHeader header) =>
        new($"{source}: cut off: the header says {string.Join(" × ", header.Shape)} numbers of {header.Type}; save the file again");
}
