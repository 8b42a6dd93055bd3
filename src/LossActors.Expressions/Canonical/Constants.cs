using LossActors.Expressions.Numerics;

namespace LossActors.Expressions.Canonical;

/// <summary>Functions of constants. A result that is not finite, or that underflowed, is left unfolded by the callers.</summary>
internal static class Constants
{
    public static bool TryFold(Primitive function, double a, out double value)
    {
        if (function == Primitive.Square)
        {
            return a == 0.0 | Scale.TryMultiply(a, a, out value);
        }

        value = function switch
        {
            Primitive.Sign => Math.Sign(a),
            Primitive.Abs => Math.Abs(a),
            Primitive.Tanh => PortableMath.Tanh(a),
            Primitive.Log => PortableMath.Log(Math.Max(Math.Abs(a), Primitives.Clamp)),
            _ => Math.Sqrt(Math.Max(Math.Abs(a), Primitives.Clamp)),
        };
        return double.IsFinite(value);
    }

    public static bool TryFold(Primitive function, double a, double b, out double value)
    {
        if (function == Primitive.Mul)
        {
            return a == 0.0 | b == 0.0 | Scale.TryMultiply(a, b, out value);
        }

        value = function switch
        {
            Primitive.Add => a + b,
            Primitive.Min => Math.Min(a, b),
            Primitive.Max => Math.Max(a, b),
            _ => a / Math.Sqrt(1.0 + (b * b)),
        };
        return double.IsFinite(value) && (function != Primitive.Div || a == 0.0 || double.IsNormal(value));
    }
}
