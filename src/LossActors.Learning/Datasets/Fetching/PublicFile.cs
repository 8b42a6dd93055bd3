using System.Collections.Immutable;

namespace LossActors.Learning.Datasets.Fetching;

/// <summary>One file of a public dataset.</summary>
/// <param name="Name">As its publisher and the loaders call it.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Checksum">Of its content.</param>
internal sealed record PublicFile(string Name, long Size, Checksum Checksum)
{
    /// <summary>The files that are wanted of a compressed tar archive; empty: the file itself is wanted.</summary>
    public ImmutableArray<ArchiveMember> Members { get; init; } = [];
}
