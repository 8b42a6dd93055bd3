using System.Collections.Immutable;

namespace LossActors.Learning.Datasets.Fetching;

/// <summary>A dataset that anyone may fetch.</summary>
/// <param name="Name">What <c>task.dataset</c> calls it.</param>
/// <param name="Source">The address that the files' names are appended to.</param>
/// <param name="Files">Its files.</param>
internal sealed record PublicDataset(string Name, Uri Source, ImmutableArray<PublicFile> Files);
