using System.Collections.Immutable;

namespace LossActors.Learning.Training.Layers;

/// <summary>One instance between two layers.</summary>
/// <param name="Channels">Maps, or features if these are no maps.</param>
/// <param name="Height">In pixels; 1 for features.</param>
/// <param name="Width">In pixels; 1 for features.</param>
internal readonly record struct FlowShape(int Channels, int Height, int Width)
{
    /// <summary>Numbers per instance.</summary>
    public int Size => Channels * Height * Width;

    /// <summary>From [channels, height, width] or [features].</summary>
    public static FlowShape Of(ImmutableArray<int> shape) => shape switch
    {
        [var channels, var height, var width] => new(channels, height, width),
        [var features] => new(features, 1, 1),
        _ => throw new NotSupportedException($"Nobody has written rules for instances of {shape.Length} dimensions."),
    };

    /// <summary>Whether these are maps, which pass in blocks.</summary>
    public static bool IsMaps(ImmutableArray<int> shape) => shape.Length == 3;
}
