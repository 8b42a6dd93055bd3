using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;

namespace LossActors.Evolution.Snapshots;

/// <summary>A column of many numbers in as many bytes as they have, little-endian, one after the other.</summary>
public sealed class Packed<T>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    private static readonly int s_size = T.Zero.GetByteCount();

    private readonly ReadOnlyMemory<byte> _bytes;

    /// <summary>A column of these bytes.</summary>
    /// <exception cref="FormatException">The last number is cut.</exception>
    public Packed(ReadOnlyMemory<byte> bytes) =>
        _bytes = bytes.Length % s_size == 0 ? bytes : throw new FormatException($"{bytes.Length} bytes are no numbers of {s_size} bytes each.");

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.Span;

    internal ImmutableArray<T> Unpack()
    {
        var isUnsigned = T.IsZero(T.MinValue);
        var numbers = new T[_bytes.Length / s_size];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = T.ReadLittleEndian(_bytes.Span.Slice(i * s_size, s_size), isUnsigned);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(numbers);
    }
}

/// <summary>Makes <see cref="Packed{T}"/>.</summary>
internal static class Packed
{
    public static Packed<T> Of<T>(IEnumerable<T> numbers)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var column = numbers.ToArray();
        var size = T.Zero.GetByteCount();
        var bytes = new byte[column.Length * size];
        for (var i = 0; i < column.Length; i++)
        {
            column[i].WriteLittleEndian(bytes.AsSpan(i * size, size));
        }

        return new(bytes);
    }
}
