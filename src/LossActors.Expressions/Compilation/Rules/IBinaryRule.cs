using System.Numerics;

namespace LossActors.Expressions.Compilation.Rules;

/// <summary>A function o(a, b) of two arguments and its derivatives, on a vector of points. No function here has ∂²o/∂a² other than 0.</summary>
internal interface IBinaryRule<T>
{
    /// <summary>Whether ∂²o/∂a∂b is anything but 0.</summary>
    static abstract bool IsCrossed { get; }

    /// <summary>Whether ∂²o/∂b² is anything but 0.</summary>
    static abstract bool IsCurved { get; }

    /// <summary>o(a, b).</summary>
    static abstract Vector<T> Value(Vector<T> a, Vector<T> b);

    /// <summary>∂o/∂a·g.</summary>
    static abstract Vector<T> PullLeft(Vector<T> g, Vector<T> a, Vector<T> b);

    /// <summary>∂o/∂b·g.</summary>
    static abstract Vector<T> PullRight(Vector<T> g, Vector<T> a, Vector<T> b);

    /// <summary>∂²o/∂a∂b·x.</summary>
    static abstract Vector<T> Cross(Vector<T> x, Vector<T> a, Vector<T> b);

    /// <summary>∂²o/∂b²·x.</summary>
    static abstract Vector<T> Bend(Vector<T> x, Vector<T> a, Vector<T> b);
}
