using System.Globalization;
using System.Runtime.InteropServices;

namespace LossActors.Learning.Datasets;

/// <summary>How a file stores the numbers of an array.</summary>
/// <param name="Kind"><c>b</c> truth value, <c>i</c> signed, <c>u</c> unsigned, <c>f</c> floating point.</param>
/// <param name="Size">Bytes per number.</param>
/// <param name="IsBigEndian">Whether the most significant byte comes first.</param>
internal sealed record NumberType(char Kind, int Size, bool IsBigEndian = false)
{
    /// <summary>Unsigned bytes, as pixels are.</summary>
    public bool IsByte => this is { Kind: 'u', Size: 1 };

    /// <summary>Whether its values are whole.</summary>
    public bool IsWhole => Kind != 'f';

    /// <summary>The type that NumPy's array-protocol string names, such as <c>|u1</c>, <c>&lt;f4</c> or <c>&gt;i8</c>; null if its numbers are not read here.</summary>
    public static NumberType? OfNumPy(string name) =>
        name is [var order and ('<' or '>' or '|' or '='), var kind, var size] && (kind, size) is ('b', '1') or ('i' or 'u', '1' or '2' or '4' or '8') or ('f', '2' or '4' or '8')
            ? new NumberType(kind, size - '0', order == '>')
            : null;

    /// <summary>The type of a MAT-file's data element (MAT-File Format, table 1-1), little-endian; null if it holds no numbers.</summary>
    public static NumberType? OfMatFile(uint type) => type switch
    {
        1 => new NumberType('i', 1),
        2 => new NumberType('u', 1),
        3 => new NumberType('i', 2),
        4 => new NumberType('u', 2),
        5 => new NumberType('i', 4),
        6 => new NumberType('u', 4),
        7 => new NumberType('f', 4),
        9 => new NumberType('f', 8),
        12 => new NumberType('i', 8),
        13 => new NumberType('u', 8),
        _ => null,
    };

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
