using System.Buffers.Binary;

namespace LossActors.Evolution.Snapshots;

/// <summary>Many keys of 128 bits in 16 bytes each, big-endian, one after the other; as text in base 64.</summary>
public sealed class PackedKeys
{
    private const int Size = 16;

    private readonly byte[] _bytes;

    private PackedKeys(byte[] bytes) => _bytes = bytes;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">It is not base 64, or the last key is cut.</exception>
    public static PackedKeys Parse(string text)
    {
        var bytes = Convert.FromBase64String(text);
        return bytes.Length % Size == 0 ? new(bytes) : throw new FormatException($"{bytes.Length} bytes are no keys of {Size} bytes each.");
    }

    /// <summary>Base 64.</summary>
    public override string ToString() => Convert.ToBase64String(_bytes);

    internal static PackedKeys Of(IReadOnlyCollection<UInt128> keys)
    {
        var bytes = new byte[keys.Count * Size];
        var at = 0;
        foreach (var key in keys)
        {
            BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(at), key);
            at += Size;
        }

        return new(bytes);
    }

    internal IEnumerable<UInt128> Unpack() =>
        Enumerable.Range(0, _bytes.Length / Size).Select(i => BinaryPrimitives.ReadUInt128BigEndian(_bytes.AsSpan(i * Size)));
}
