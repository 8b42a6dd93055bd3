using System.Numerics;

namespace LossActors.Expressions.Compilation.Rules;

internal readonly struct AddRule<T> : IBinaryRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool IsCrossed => false;

    public static bool IsCurved => false;

    public static Vector<T> Value(Vector<T> a, Vector<T> b) => a + b;

    public static Vector<T> PullLeft(Vector<T> g, Vector<T> a, Vector<T> b) => g;

    public static Vector<T> PullRight(Vector<T> g, Vector<T> a, Vector<T> b) => g;

    public static Vector<T> Cross(Vector<T> x, Vector<T> a, Vector<T> b) => Vector<T>.Zero;

    public static Vector<T> Bend(Vector<T> x, Vector<T> a, Vector<T> b) => Vector<T>.Zero;
}

internal readonly struct SubRule<T> : IBinaryRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool IsCrossed => false;

    public static bool IsCurved => false;

    public static Vector<T> Value(Vector<T> a, Vector<T> b) => a - b;

    public static Vector<T> PullLeft(Vector<T> g, Vector<T> a, Vector<T> b) => g;

    public static Vector<T> PullRight(Vector<T> g, Vector<T> a, Vector<T> b) => -g;

    public static Vector<T> Cross(Vector<T> x, Vector<T> a, Vector<T> b) => Vector<T>.Zero;

    public static Vector<T> Bend(Vector<T> x, Vector<T> a, Vector<T> b) => Vector<T>.Zero;
}

internal readonly struct MulRule<T> : IBinaryRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool IsCrossed => true;

    public static bool IsCurved => false;

    public static Vector<T> Value(Vector<T> a, Vector<T> b) => a * b;

    public static Vector<T> PullLeft(Vector<T> g, Vector<T> a, Vector<T> b) => g * b;

    public static Vector<T> PullRight(Vector<T> g, Vector<T> a, Vector<T> b) => g * a;

    public static Vector<T> Cross(Vector<T> x, Vector<T> a, Vector<T> b) => x;

    public static Vector<T> Bend(Vector<T> x, Vector<T> a, Vector<T> b) => Vector<T>.Zero;
}

internal readonly struct MinRule<T> : IBinaryRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool IsCrossed => false;

    public static bool IsCurved => false;

    public static Vector<T> Value(Vector<T> a, Vector<T> b) => Vector.Min(a, b);

    public static Vector<T> PullLeft(Vector<T> g, Vector<T> a, Vector<T> b) => VectorMath.Chosen(g, a, b, Vector.GreaterThan(a, b));

    public static Vector<T> PullRight(Vector<T> g, Vector<T> a, Vector<T> b) => VectorMath.Chosen(g, a, b, Vector.LessThan(a, b));

    public static Vector<T> Cross(Vector<T> x, Vector<T> a, Vector<T> b) => Vector<T>.Zero;

    public static Vector<T> Bend(Vector<T> x, Vector<T> a, Vector<T> b) => Vector<T>.Zero;
}

internal readonly struct MaxRule<T> : IBinaryRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool IsCrossed => false;

    public static bool IsCurved => false;

    public static Vector<T> Value(Vector<T> a, Vector<T> b) => Vector.Max(a, b);

    public static Vector<T> PullLeft(Vector<T> g, Vector<T> a, Vector<T> b) => VectorMath.Chosen(g, a, b, Vector.LessThan(a, b));

    public static Vector<T> PullRight(Vector<T> g, Vector<T> a, Vector<T> b) => VectorMath.Chosen(g, a, b, Vector.GreaterThan(a, b));

    public static Vector<T> Cross(Vector<T> x, Vector<T> a, Vector<T> b) => Vector<T>.Zero;

    public static Vector<T> Bend(Vector<T> x, Vector<T> a, Vector<T> b) => Vector<T>.Zero;
}

/// <summary>q = a / s with s = sqrt(1 + b²).</summary>
internal readonly struct DivRule<T> : IBinaryRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool IsCrossed => true;

    public static bool IsCurved => true;

    public static Vector<T> Value(Vector<T> a, Vector<T> b) => a / Root(b);

    public static Vector<T> PullLeft(Vector<T> g, Vector<T> a, Vector<T> b) => g / Root(b);

    public static Vector<T> PullRight(Vector<T> g, Vector<T> a, Vector<T> b)
    {
        var s = Root(b);
        return -g * (a / s / s) / s * b;
    }

    public static Vector<T> Cross(Vector<T> x, Vector<T> a, Vector<T> b)
    {
        var s = Root(b);
        return -x * (b / s) / s / s;
    }

    public static Vector<T> Bend(Vector<T> x, Vector<T> a, Vector<T> b)
    {
        var s = Root(b);
        var t = b / s;
        return x * (a / s / s / s) * ((t * t * T.CreateChecked(3)) - Vector<T>.One);
    }

    private static Vector<T> Root(Vector<T> b) => Vector.SquareRoot(Vector<T>.One + (b * b));
}
