using System.Numerics;

namespace LossActors.Expressions.Compilation.Rules;

// Derivatives are written in the order in which PyTorch's backward formulas compute them, so that infinities and NaN come out alike.

internal readonly struct SignRule<T> : IUnaryRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool IsCurved => false;

    public static Vector<T> Value(Vector<T> a) => VectorMath.Sign(a);

    public static Vector<T> Pull(Vector<T> g, Vector<T> a, Vector<T> o) => Vector<T>.Zero;

    public static Vector<T> Bend(Vector<T> x, Vector<T> a, Vector<T> o) => Vector<T>.Zero;
}

internal readonly struct SquareRule<T> : IUnaryRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool IsCurved => true;

    public static Vector<T> Value(Vector<T> a) => a * a;

    public static Vector<T> Pull(Vector<T> g, Vector<T> a, Vector<T> o) => g * (a + a);

    public static Vector<T> Bend(Vector<T> x, Vector<T> a, Vector<T> o) => x + x;
}

internal readonly struct AbsRule<T> : IUnaryRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool IsCurved => false;

    public static Vector<T> Value(Vector<T> a) => Vector.Abs(a);

    public static Vector<T> Pull(Vector<T> g, Vector<T> a, Vector<T> o) => g * VectorMath.Sign(a);

    public static Vector<T> Bend(Vector<T> x, Vector<T> a, Vector<T> o) => Vector<T>.Zero;
}

internal readonly struct TanhRule<T> : IUnaryRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool IsCurved => true;

    public static Vector<T> Value(Vector<T> a) => VectorMath.Tanh(a);

    public static Vector<T> Pull(Vector<T> g, Vector<T> a, Vector<T> o) => g * (Vector<T>.One - (o * o));

    public static Vector<T> Bend(Vector<T> x, Vector<T> a, Vector<T> o) => -(x + x) * o * (Vector<T>.One - (o * o));
}

/// <summary>ln(c) with c = max(|a|, 1e-7). Below the clamp nothing passes; at it, as torch.clamp, everything.</summary>
internal readonly struct LogRule<T> : IUnaryRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool IsCurved => true;

    public static Vector<T> Value(Vector<T> a) => VectorMath.Log(VectorMath.Clamped(a));

    public static Vector<T> Pull(Vector<T> g, Vector<T> a, Vector<T> o) =>
        VectorMath.WhereUnclamped(a, g / VectorMath.Clamped(a)) * VectorMath.Sign(a);

    public static Vector<T> Bend(Vector<T> x, Vector<T> a, Vector<T> o)
    {
        var c = VectorMath.Clamped(a);
        return VectorMath.WhereUnclamped(a, -x / c / c);
    }
}

/// <summary>sqrt(c) with c = max(|a|, 1e-7), clamped as <see cref="LogRule{T}"/>.</summary>
internal readonly struct SqrtRule<T> : IUnaryRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool IsCurved => true;

    public static Vector<T> Value(Vector<T> a) => Vector.SquareRoot(VectorMath.Clamped(a));

    public static Vector<T> Pull(Vector<T> g, Vector<T> a, Vector<T> o) =>
        VectorMath.WhereUnclamped(a, g / (o + o)) * VectorMath.Sign(a);

    public static Vector<T> Bend(Vector<T> x, Vector<T> a, Vector<T> o) =>
        VectorMath.WhereUnclamped(a, -x / (o + o) / (o * o + o * o));
}
