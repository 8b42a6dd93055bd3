using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace LossActors.Expressions.Canonical;

/// <summary>
/// A 128-bit hash of an expression's canonical form, the same in every process, on every platform and .NET version: the key under which a
/// verdict or a fitness is remembered.
/// </summary>
/// <param name="Value">The first 16 bytes of the SHA-256 of the defined bytes, big-endian.</param>
public readonly record struct ExpressionKey(UInt128 Value)
{
    // Both are hashed first, so that the two kinds of keys never meet; a change of the format changes the numbers.
    private const byte StructureFormat = 1;
    private const byte ExactFormat = 2;

    /// <summary>
    /// The key of the canonical structure: every primitive, and whether its coefficient is positive, negative or 0, but no size. (Signs
    /// belong to the structure, because canonically y - f is y + (-1)·f.) The root's coefficient does not count.
    /// </summary>
    public static ExpressionKey Structure(Expression expression)
    {
        var canonical = Canonicalizer.Canonical(expression);
        var bytes = new byte[1 + (2 * canonical.Count)];
        bytes[0] = StructureFormat;
        for (var i = 0; i < canonical.Count; i++)
        {
            bytes[1 + (2 * i)] = (byte)canonical[i].Primitive;
            bytes[2 + (2 * i)] = i == 0 ? (byte)1 : (byte)Math.Sign(canonical[i].Coefficient);
        }

        return Hash(bytes);
    }

    /// <summary>The key of the canonical expression with all coefficients, bit for bit.</summary>
    public static ExpressionKey Exact(Expression expression)
    {
        const int size = 1 + sizeof(double);
        var canonical = Canonicalizer.Canonical(expression);
        var bytes = new byte[1 + (size * canonical.Count)];
        bytes[0] = ExactFormat;
        for (var i = 0; i < canonical.Count; i++)
        {
            var (primitive, coefficient) = canonical[i];
            bytes[1 + (size * i)] = (byte)primitive;
            BinaryPrimitives.WriteDoubleBigEndian(bytes.AsSpan(2 + (size * i)), coefficient == 0.0 ? 0.0 : coefficient);
        }

        return Hash(bytes);
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not 32 hexadecimal digits.</exception>
    public static ExpressionKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 32 && UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? new(value)
            : throw new FormatException($"An expression key is 32 hexadecimal digits, not {text.Length} characters.");
    }

    /// <summary>32 hexadecimal digits, lower case.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);

    private static ExpressionKey Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return new(BinaryPrimitives.ReadUInt128BigEndian(digest));
    }
}
