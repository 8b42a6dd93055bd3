using System.Collections.Immutable;

namespace LossActors.Learning.Networks.Layers;

/// <summary>A square of pixels that moves over maps.</summary>
/// <param name="Size">Its side in pixels.</param>
/// <param name="Stride">Pixels from one place to the next.</param>
/// <param name="Padding">Pixels of nothing around the maps.</param>
internal readonly record struct Window(int Size, int Stride, int Padding)
{
    /// <summary>Height and width of what comes out: the places where the square lies wholly within the padded maps.</summary>
    /// <param name="input">[channels, height, width].</param>
    /// <param name="layer">For messages: what does this.</param>
    /// <exception cref="NetworkException">There is no such place.</exception>
    public (int Height, int Width) Places(ImmutableArray<int> input, string layer) =>
        input is [_, var height, var width] && Math.Min(height, width) + (2 * Padding) >= Size
            ? (Along(height), Along(width))
            : throw new NetworkException($"{layer} of {Size}×{Size} pixels needs maps of at least its size, not [{string.Join(", ", input)}].");

    private int Along(int side) => ((side + (2 * Padding) - Size) / Stride) + 1;
}
