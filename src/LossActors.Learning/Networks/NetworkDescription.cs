using System.Collections.Immutable;
using LossActors.Learning.Networks.Layers;

namespace LossActors.Learning.Networks;

/// <summary>A kind of base network, for lists.</summary>
/// <param name="Name">As settings use it.</param>
/// <param name="Summary">One line.</param>
/// <param name="NeedsImages">Whether it works on image data only.</param>
public sealed record NetworkDescription(string Name, string Summary, bool NeedsImages)
{
    /// <summary>Its layers for a number of outputs, where nothing else has to be known.</summary>
    internal Func<int, ImmutableArray<Layer>>? Layers { get; init; }
}
