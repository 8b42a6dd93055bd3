namespace LossActors.Learning.Datasets.Fetching;

/// <summary>How far a file has come.</summary>
/// <param name="File">Its name.</param>
/// <param name="Bytes">Bytes that are here.</param>
/// <param name="Size">Bytes that there are.</param>
/// <param name="Trouble">Why it is tried again; null: it goes on.</param>
public sealed record FetchProgress(string File, long Bytes, long Size, string? Trouble = null);
