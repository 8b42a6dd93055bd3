using System.Globalization;
using System.Runtime.InteropServices;

namespace LossActors.Learning.Datasets.NumPy;

/// <summary>The type of an array's numbers, as NumPy's array-protocol strings name it: <c>|u1</c>, <c>&lt;f4</c>, <c>&gt;i8</c> …</summary>
/// <param name="Kind"><c>b</c> truth value, <c>i</c> signed, <c>u</c> unsigned, <c>f</c> floating point.</param>
/// <param name="Size">Bytes per number.</param>
/// <param name="IsBigEndian">Whether the most significant byte comes first.</param>
internal sealed record NpyType(char Kind, int Size, bool IsBigEndian)
{
    /// <summary>Unsigned bytes, as pixels are.</summary>
    public bool IsByte => this is { Kind: 'u', Size: 1 };

    /// <summary>Whether its values are whole.</summary>
    public bool IsWhole => Kind != 'f';

    /// <summary>The type of that name; null if its numbers cannot be read here.</summary>
    public static NpyType? Parse(string name) =>
        name is [var order and ('<' or '>' or '|' or '='), var kind, var size] && (kind, size) is ('b', '1') or ('i' or 'u', '1' or '2' or '4' or '8') or ('f', '2' or '4' or '8')
            ? new NpyType(kind, size - '0', order == '>')
            : null;

    /// <summary>Brings bytes as the file has them into little-endian order, in place.</summary>
    public void Order(byte[] bytes)
    {
        for (var at = 0; IsBigEndian && at < bytes.Length; at += Size)
        {
            bytes.AsSpan(at, Size).Reverse();
        }
    }

    /// <summary>The numbers that little-endian bytes in this type stand for.</summary>
    public double[] ToNumbers(byte[] bytes)
    {
        return (Kind, Size) switch
        {
            ('b' or 'u', 1) => Convert<byte>(bytes),
            ('i', 1) => Convert<sbyte>(bytes),
            ('i', 2) => Convert<short>(bytes),
            ('i', 4) => Convert<int>(bytes),
            ('i', 8) => Convert<long>(bytes),
            ('u', 2) => Convert<ushort>(bytes),
            ('u', 4) => Convert<uint>(bytes),
            ('u', 8) => Convert<ulong>(bytes),
            ('f', 2) => Convert<Half>(bytes),
            ('f', 4) => Convert<float>(bytes),
            _ => Convert<double>(bytes),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind}{Size}");

    private static double[] Convert<T>(byte[] bytes)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var numbers = new double[bytes.Length / Marshal.SizeOf<T>()];
        var values = MemoryMarshal.Cast<byte, T>(bytes);
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = double.CreateTruncating(values[i]);
        }

        return numbers;
    }
}
