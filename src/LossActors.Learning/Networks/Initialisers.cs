using LossActors.Evolution.Randomness;

namespace LossActors.Learning.Networks;

/// <summary>Initial weights drawn from our own streams: torch's generator is one per process and differs between devices.</summary>
internal static class Initialisers
{
    /// <summary>Weights of a layer.</summary>
    /// <param name="stream">Where they are drawn from.</param>
    /// <param name="how">The published way.</param>
    /// <param name="count">How many.</param>
    /// <param name="fanIn">Numbers that one output is made of.</param>
    /// <param name="fanOut">Numbers that one input goes to.</param>
    public static float[] Draw(RandomStream stream, Initialisation how, int count, int fanIn, int fanOut) => how == Initialisation.He
        ? Uniform(stream, count, Math.Sqrt(6.0 / fanIn))
        : XavierUniform(stream, count, fanIn, fanOut);

    /// <summary>Uniform in ±sqrt(6 / (fan in + fan out)) (Glorot and Bengio, 2010), as PyTorch's <c>xavier_uniform_</c>.</summary>
    public static float[] XavierUniform(RandomStream stream, int count, int fanIn, int fanOut) =>
        Uniform(stream, count, Math.Sqrt(6.0 / (fanIn + fanOut)));

    private static float[] Uniform(RandomStream stream, int count, double bound)
    {
        var weights = new float[count];
        for (var i = 0; i < count; i++)
        {
            // 24 bits fill a float's mantissa; a full double would cost a second draw.
            weights[i] = (float)(bound * ((stream.NextUInt32() >> 8) * (2.0 / (1 << 24)) - 1.0));
        }

        return weights;
    }
}
