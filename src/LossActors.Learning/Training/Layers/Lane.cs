using System.Numerics;
using System.Runtime.CompilerServices;

namespace LossActors.Learning.Training.Layers;

/// <summary>Vector arithmetic for either precision.</summary>
internal static class Lane
{
    /// <summary>a b + c, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> MultiplyAdd<T>(Vector<T> a, Vector<T> b, Vector<T> c)
        where T : unmanaged => typeof(T) == typeof(float)
        ? Vector.FusedMultiplyAdd(a.As<T, float>(), b.As<T, float>(), c.As<T, float>()).As<float, T>()
        : Vector.FusedMultiplyAdd(a.As<T, double>(), b.As<T, double>(), c.As<T, double>()).As<double, T>();

    /// <summary>The hyperbolic tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Tanh<T>(Vector<T> x)
        where T : unmanaged => typeof(T) == typeof(float)
        ? HyperbolicTangent.Of(x.As<T, float>()).As<float, T>()
        : HyperbolicTangent.Of(x.As<T, double>()).As<double, T>();
}
