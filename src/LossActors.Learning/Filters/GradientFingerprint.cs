using System.Buffers.Binary;
using System.Security.Cryptography;

namespace LossActors.Learning.Filters;

/// <summary>
/// What two losses that train alike have in common: the norm of dL/dlogits for each probe instance, to two significant digits, hashed. The scale is kept: equal
/// means equal norms, not proportional ones (a learned loss hides a learning rate).
/// </summary>
internal static class GradientFingerprint
{
    /// <summary>The fingerprint of the per-instance norms.</summary>
    public static UInt128 Of(ReadOnlySpan<double> norms)
    {
        var bytes = new byte[4 * norms.Length];
        for (var i = 0; i < norms.Length; i++)
        {
            var (digits, exponent) = Round(norms[i]);
            BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(4 * i), digits);
            BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan((4 * i) + 2), exponent);
        }

        return Digest(bytes);
    }

    /// <summary>The fingerprint of a loss that has one on each of several tasks; of a single task its own.</summary>
    public static UInt128 Of(IReadOnlyList<UInt128> tasks)
    {
        if (tasks.Count == 1)
        {
            return tasks[0];
        }

        var bytes = new byte[16 * tasks.Count];
        for (var i = 0; i < tasks.Count; i++)
        {
            BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(16 * i), tasks[i]);
        }

        return Digest(bytes);
    }

    /// <summary>A norm as digits × 10^exponent with digits in 10 … 99; zero as (0, 0).</summary>
    internal static (short Digits, short Exponent) Round(double norm)
    {
        if (norm <= 0)
        {
            return (0, 0);
        }

        var exponent = (int)Math.Floor(Math.Log10(norm)) - 1;
        var digits = (int)Math.Round(norm / Math.Pow(10, exponent));
        return digits >= 100 ? ((short)(digits / 10), (short)(exponent + 1)) : ((short)digits, (short)exponent);
    }

    private static UInt128 Digest(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }
}
