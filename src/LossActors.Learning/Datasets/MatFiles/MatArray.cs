using System.Collections.Immutable;

namespace LossActors.Learning.Datasets.MatFiles;

/// <summary>An array of real numbers from a MAT-file.</summary>
/// <param name="Shape">The extents; the first index runs fastest.</param>
/// <param name="Type">How its numbers are stored, which may be shorter than their class in MATLAB.</param>
/// <param name="Bytes">The numbers.</param>
internal sealed record MatArray(ImmutableArray<int> Shape, NumberType Type, byte[] Bytes);
