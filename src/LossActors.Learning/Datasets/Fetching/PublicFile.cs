using System.Collections.Immutable;

namespace LossActors.Learning.Datasets.Fetching;

/// <summary>One file of a public dataset.</summary>
/// <param name="Name">As its publisher and the loaders call it.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Checksum">Of its content.</param>
internal sealed record PublicFile(string Name, long Size, Checksum Checksum)
{
    /// <summary>The files that are wanted of a compressed tar archive, as paths within it; empty: the file itself is wanted.</summary>
    public ImmutableArray<string> Members { get; init; } = [];

    /// <summary>What lies in the dataset's folder in the end.</summary>
    public IEnumerable<string> Results => Members.IsEmpty ? [Name] : Members.Select(member => Path.GetFileName(member));
}
