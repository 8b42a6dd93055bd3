using System.Numerics;

namespace LossActors.Expressions.Compilation.Rules;

/// <summary>What the rules need beside vector arithmetic. NaN passes through all of it but <see cref="Sign"/>, as in PyTorch.</summary>
internal static class VectorMath
{
    /// <summary>-1, 0 or 1; 0 for NaN.</summary>
    public static Vector<T> Sign<T>(Vector<T> a)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vector.ConditionalSelect(
            Vector.GreaterThan(a, Vector<T>.Zero),
            Vector<T>.One,
            Vector.ConditionalSelect(Vector.LessThan(a, Vector<T>.Zero), -Vector<T>.One, Vector<T>.Zero));

    /// <summary>max(|a|, 1e-7).</summary>
    public static Vector<T> Clamped<T>(Vector<T> a)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vector.Max(Vector.Abs(a), Vector.Create(T.CreateChecked(Primitives.Clamp)));

    /// <summary>x where |a| is not below the clamp, else 0; also 0 where a is NaN.</summary>
    public static Vector<T> WhereUnclamped<T>(Vector<T> a, Vector<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vector.ConditionalSelect(Vector.GreaterThanOrEqual(Vector.Abs(a), Vector.Create(T.CreateChecked(Primitives.Clamp))), x, Vector<T>.Zero);

    /// <summary>The gradient that one of two compared arguments gets: all, 0 if it lost, half at a tie.</summary>
    public static Vector<T> Chosen<T>(Vector<T> g, Vector<T> a, Vector<T> b, Vector<T> lost)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vector.ConditionalSelect(
            Vector.Equals(a, b),
            g * T.CreateChecked(0.5),
            Vector.ConditionalSelect(lost, Vector<T>.Zero, g));

    /// <summary>The natural logarithm.</summary>
    public static Vector<T> Log<T>(Vector<T> a)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(double)
            ? Vector.Log(a.As<T, double>()).As<double, T>()
            : Vector.Log(a.As<T, float>()).As<float, T>();

    /// <summary>
    /// The hyperbolic tangent, accurate relative to its own size: near 0, where 1 - 2/(e²ᵃ + 1) cancels, the rational function of Cephes (Moshier, 1989).
    /// </summary>
    public static Vector<T> Tanh<T>(Vector<T> a)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var size = Vector.Abs(a);
        var one = Vector<T>.One;
        var large = one - (Vector.Create(T.CreateChecked(2)) / (Exp(size + size) + one));
        large = Vector.ConditionalSelect(Vector.LessThan(a, Vector<T>.Zero), -large, large);

        var z = a * a;
        var p = (((z * T.CreateChecked(-9.64399179425052238628e-1)) - Vector.Create(T.CreateChecked(9.92877231001918586564e1))) * z)
            - Vector.Create(T.CreateChecked(1.61468768441708447952e3));
        var q = ((((z + Vector.Create(T.CreateChecked(1.12811678491632931402e2))) * z) + Vector.Create(T.CreateChecked(2.23548839060100448583e3))) * z)
            + Vector.Create(T.CreateChecked(4.84406305325125486048e3));
        var small = a + (a * z * (p / q));
        return Vector.ConditionalSelect(Vector.LessThan(size, Vector.Create(T.CreateChecked(0.625))), small, large);
    }

    private static Vector<T> Exp<T>(Vector<T> a)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(double)
            ? Vector.Exp(a.As<T, double>()).As<double, T>()
            : Vector.Exp(a.As<T, float>()).As<float, T>();
}
