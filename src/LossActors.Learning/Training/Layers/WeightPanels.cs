using System.Numerics;

namespace LossActors.Learning.Training.Layers;

/// <summary>A matrix of weights, its rows interleaved in pairs as <see cref="RegisterTiles{T}.WeightedSums"/> reads them: [pair, column, row of the pair]. A missing last row is 0.</summary>
internal sealed unsafe class WeightPanels<T>(int rows, int columns) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostTensor<T> _memory = new((rows + 1) / 2, columns, 2);

    /// <summary>The weights of rows <paramref name="row"/>, an even number, and the next, from a column on.</summary>
    public T* At(int row, int column) => _memory.Pointer + ((long)row * columns) + (2 * column);

    /// <summary>Fills in a weight.</summary>
    public void Set(int row, int column, T weight) => At(row & ~1, column)[row & 1] = weight;

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();
}
