using System.Buffers.Binary;
using System.Collections.Immutable;
using LossActors.Learning.Losses.Neural;

namespace LossActors.Actors.Serialization;

/// <summary>The parameters of a neural loss as journals, messages and the record keep them: 32-bit floats, little-endian, in base 64. Exact, since that is their precision.</summary>
internal static class NeuralLossText
{
    /// <summary>The parameters of a loss.</summary>
    public static string Of(NeuralLoss loss)
    {
        var bytes = new byte[sizeof(float) * loss.Parameters.Length];
        for (var i = 0; i < loss.Parameters.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(sizeof(float) * i), (float)loss.Parameters[i]);
        }

        return Convert.ToBase64String(bytes);
    }

    /// <summary>The parameters again.</summary>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static ImmutableArray<double> Parse(string text)
    {
        var bytes = Convert.FromBase64String(text);
        return bytes.Length % sizeof(float) == 0
            ? [.. Enumerable.Range(0, bytes.Length / sizeof(float)).Select(i => (double)BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(sizeof(float) * i)))]
            : throw new FormatException($"{bytes.Length} bytes are no numbers of {sizeof(float)} bytes each.");
    }
}
