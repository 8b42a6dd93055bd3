using LossActors.Evolution.Randomness;

namespace LossActors.Learning.Training;

/// <summary>
/// Which instances make each batch: epochs of a random order, each drawn from a stream of its own. Every batch has the same size; what is left at an
/// epoch's end is skipped, and turns up in another. A part no larger than a batch is one batch, in its own order.
/// </summary>
/// <param name="count">Instances there are.</param>
/// <param name="batchSize">Instances wanted per batch.</param>
/// <param name="seed">The protocol's seed.</param>
/// <param name="lane">Tells sequences of one purpose apart (the replicate).</param>
/// <param name="purpose">What the batches are for.</param>
internal sealed class BatchSequence(int count, int batchSize, ulong seed, ulong lane, Purpose purpose = Purpose.Batches)
{
    private readonly long[] _order = [.. Enumerable.Range(0, count).Select(i => (long)i)];
    private ulong _epoch;
    private ulong _given;
    private int _next = int.MaxValue;

    /// <summary>Instances per batch.</summary>
    public int Size => Math.Min(_order.Length, batchSize);

    /// <summary>Whether every batch is the whole part.</summary>
    public bool IsWhole => Size == _order.Length;

    /// <summary>What chance does to the instances of the batch that was given last: a stream of its own per batch.</summary>
    public RandomStream Chance() => RandomStream.For(seed, ((ulong)purpose << 32) | lane, _given, Purpose.Augmentation);

    /// <summary>The rows of the next batch; valid until the next call.</summary>
    public ReadOnlySpan<long> Next()
    {
        _given++;
        if (IsWhole)
        {
            return _order;
        }

        if (_next > _order.Length - Size)
        {
            for (var i = 0; i < _order.Length; i++)
            {
                _order[i] = i;
            }

            RandomStream.For(seed, lane, _epoch++, purpose).Shuffle<long>(_order);
            _next = 0;
        }

        _next += Size;
        return _order.AsSpan(_next - Size, Size);
    }
}
