using System.Numerics;

namespace LossActors.Learning.Training.Layers;

/// <summary>
/// tanh x = m / (m + 2) with m = exp(2x) − 1, accurate relative to its own size to 2.5 units in the last place. With 2x = n ln 2 + r and p = exp(r) − 1 by a polynomial,
/// m = 2ⁿ p + (2ⁿ − 1), where nothing cancels near 0: n = 0 there. That r loses a little where n is large does no harm: tanh is flat there.
/// </summary>
internal static class HyperbolicTangent
{
    // Beyond it tanh rounds to ±1, and 2ⁿ is still far from overflow.
    private const double Limit = 40;

    // Adding 1.5 · 2²³ or 1.5 · 2⁵² rounds to a whole number and leaves it in the sum's low bits.
    private const float FloatRounder = 12582912;
    private const double DoubleRounder = 6755399441055744;

    /// <summary>In single precision, with the polynomial of Cephes' expf (Moshier, 1989).</summary>
    public static Vector<float> Of(Vector<float> x)
    {
        var doubled = Clamp(x + x);
        var shifted = Vector.FusedMultiplyAdd(doubled, Vector.Create(1.44269504f), Vector.Create(FloatRounder));
        var power = Vector.AsVectorSingle(Vector.ShiftLeft(Vector.AsVectorInt32(shifted) + Vector.Create(127), 23));
        var n = shifted - Vector.Create(FloatRounder);
        var r = Vector.FusedMultiplyAdd(n, Vector.Create(-0.69314718f), doubled);
        var q = Vector.Create(1.9875691500e-4f);
        q = Vector.FusedMultiplyAdd(q, r, Vector.Create(1.3981999507e-3f));
        q = Vector.FusedMultiplyAdd(q, r, Vector.Create(8.3334519073e-3f));
        q = Vector.FusedMultiplyAdd(q, r, Vector.Create(4.1665795894e-2f));
        q = Vector.FusedMultiplyAdd(q, r, Vector.Create(1.6666665459e-1f));
        q = Vector.FusedMultiplyAdd(q, r, Vector.Create(5.0000001201e-1f));
        var p = Vector.FusedMultiplyAdd(q, r * r, r);
        var m = Vector.FusedMultiplyAdd(power, p, power - Vector<float>.One);
        return m / (m + Vector.Create(2f));
    }

    /// <summary>In double precision, with Taylor's polynomial of degree 13, whose next term is below 1e-16 of the sum.</summary>
    public static Vector<double> Of(Vector<double> x)
    {
        var doubled = Clamp(x + x);
        var shifted = Vector.FusedMultiplyAdd(doubled, Vector.Create(1.4426950408889634), Vector.Create(DoubleRounder));
        var power = Vector.AsVectorDouble(Vector.ShiftLeft(Vector.AsVectorInt64(shifted) + Vector.Create(1023L), 52));
        var n = shifted - Vector.Create(DoubleRounder);
        var r = Vector.FusedMultiplyAdd(n, Vector.Create(-0.6931471805599453), doubled);
        var q = Vector.Create(1 / 6227020800.0);
        q = Vector.FusedMultiplyAdd(q, r, Vector.Create(1 / 479001600.0));
        q = Vector.FusedMultiplyAdd(q, r, Vector.Create(1 / 39916800.0));
        q = Vector.FusedMultiplyAdd(q, r, Vector.Create(1 / 3628800.0));
        q = Vector.FusedMultiplyAdd(q, r, Vector.Create(1 / 362880.0));
        q = Vector.FusedMultiplyAdd(q, r, Vector.Create(1 / 40320.0));
        q = Vector.FusedMultiplyAdd(q, r, Vector.Create(1 / 5040.0));
        q = Vector.FusedMultiplyAdd(q, r, Vector.Create(1 / 720.0));
        q = Vector.FusedMultiplyAdd(q, r, Vector.Create(1 / 120.0));
        q = Vector.FusedMultiplyAdd(q, r, Vector.Create(1 / 24.0));
        q = Vector.FusedMultiplyAdd(q, r, Vector.Create(1 / 6.0));
        q = Vector.FusedMultiplyAdd(q, r, Vector.Create(0.5));
        var p = Vector.FusedMultiplyAdd(q, r * r, r);
        var m = Vector.FusedMultiplyAdd(power, p, power - Vector<double>.One);
        return m / (m + Vector.Create(2.0));
    }

    // With x as the second argument NaN passes: x86 gives that one where either is NaN, others give NaN.
    private static Vector<T> Clamp<T>(Vector<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var limit = Vector.Create(T.CreateChecked(Limit));
        return Vector.MaxNative(-limit, Vector.MinNative(limit, x));
    }
}
