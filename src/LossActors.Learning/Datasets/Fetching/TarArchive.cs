using System.Collections.Immutable;
using System.Formats.Tar;
using System.IO.Compression;

namespace LossActors.Learning.Datasets.Fetching;

/// <summary>Takes files out of compressed tar archives. Only those that are asked for, and under their own last names: what else an archive holds, and where that wants to go, does not matter.</summary>
internal static class TarArchive
{
    /// <summary>Unpacks some members into a folder, each under its own name once it is whole.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="members">What is wanted of it.</param>
    /// <param name="folder">Where they go.</param>
    /// <param name="cancellation">Looked at between members.</param>
    /// <exception cref="FetchException">It is no such archive, or lacks one of them.</exception>
    public static async Task Extract(string path, ImmutableArray<ArchiveMember> members, string folder, CancellationToken cancellation)
    {
        var missing = members.ToDictionary(member => member.Path, StringComparer.Ordinal);
        try
        {
            await using var reader = new TarReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
            while (missing.Count > 0 && await reader.GetNextEntryAsync(cancellationToken: cancellation) is { } entry)
            {
                if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile && missing.Remove(entry.Name, out var member))
                {
                    await Write(entry, path, member, member.In(folder), cancellation);
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new FetchException($"{path}: broken archive ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}); delete it, and run the command again", e);
        }

        if (missing.Count > 0)
        {
            throw new FetchException($"{path}: the archive lacks {missing.Keys.Order(StringComparer.Ordinal).First()}; delete it, and run the command again");
        }
    }

    private static async Task Write(TarEntry entry, string archive, ArchiveMember member, string path, CancellationToken cancellation)
    {
        if (entry.Length != member.Size || entry.DataStream is not { } content)
        {
            throw new FetchException($"{archive}: {member.Path} has {entry.Length:N0} bytes where {member.Size:N0} belong; this is another archive");
        }

        await using (var stream = File.Create(path + ".part"))
        {
            await content.CopyToAsync(stream, cancellation);
        }

        File.Move(path + ".part", path, overwrite: true);
    }
}
