namespace LossActors.Learning.Datasets.Fetching;

/// <summary>A file that is wanted of an archive.</summary>
/// <param name="Path">Where it is within the archive.</param>
/// <param name="Size">In bytes.</param>
internal sealed record ArchiveMember(string Path, long Size)
{
    /// <summary>Where it goes in the dataset's folder.</summary>
    public string In(string folder) => System.IO.Path.Combine(folder, System.IO.Path.GetFileName(Path));

    /// <summary>Whether it is there and as long as it should be: what an archive with the right checksum gave is not hashed again.</summary>
    public bool IsIn(string folder) => new FileInfo(In(folder)) is { Exists: true } file && file.Length == Size;
}
