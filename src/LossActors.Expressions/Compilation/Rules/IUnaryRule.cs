using System.Numerics;

namespace LossActors.Expressions.Compilation.Rules;

/// <summary>A function o(a) of one argument and its derivatives, on a vector of points.</summary>
internal interface IUnaryRule<T>
{
    /// <summary>Whether the second derivative is anything but 0.</summary>
    static abstract bool IsCurved { get; }

    /// <summary>o(a).</summary>
    static abstract Vector<T> Value(Vector<T> a);

    /// <summary>o′(a)·g: the gradient of a, given that of o; as it is linear, also the tangent of o, given that of a.</summary>
    static abstract Vector<T> Pull(Vector<T> g, Vector<T> a, Vector<T> o);

    /// <summary>o″(a)·x.</summary>
    static abstract Vector<T> Bend(Vector<T> x, Vector<T> a, Vector<T> o);
}
