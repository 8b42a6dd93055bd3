using System.Numerics;
using LossActors.Expressions;

namespace LossActors.Learning.Losses;

/// <summary>Value and dℓ/df of an expression, point by point, by forward-mode interpretation.</summary>
internal sealed class ScalarKernel<T>(Expression expression)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly T s_half = T.CreateChecked(0.5);
    private static readonly T s_clamp = T.CreateChecked(Primitives.Clamp);
    private readonly T[] _weights = [.. expression.Weights.Select(T.CreateChecked)];
    private readonly (T Value, T Derivative)[] _stack = new (T, T)[expression.Count];

    /// <summary>Computes every point.</summary>
    public void Gradient(ReadOnlySpan<T> y, ReadOnlySpan<T> f, Span<T> value, Span<T> dF)
    {
        for (var k = 0; k < y.Length; k++)
        {
            var top = 0;
            for (var i = expression.Count - 1; i >= 0; i--)
            {
                var node = expression[i];
                var a = node.Arity > 0 ? _stack[--top] : default;
                var b = node.Arity > 1 ? _stack[--top] : default;
                var (x, dx) = Apply(node.Primitive, y[k], f[k], a, b);
                _stack[top++] = (x * _weights[i], dx * _weights[i]);
            }

            (value[k], dF[k]) = _stack[0];
        }
    }

    private static (T, T) Apply(Primitive primitive, T y, T f, (T Value, T D) a, (T Value, T D) b) => primitive switch
    {
        Primitive.Y => (y, T.Zero),
        Primitive.F => (f, T.One),
        Primitive.One => (T.One, T.Zero),
        Primitive.MinusOne => (-T.One, T.Zero),
        Primitive.Add => (a.Value + b.Value, a.D + b.D),
        Primitive.Sub => (a.Value - b.Value, a.D - b.D),
        Primitive.Mul => (a.Value * b.Value, (a.D * b.Value) + (a.Value * b.D)),
        Primitive.Min => (T.Min(a.Value, b.Value), Chosen(a.Value == b.Value, a.Value < b.Value, a.D, b.D)),
        Primitive.Max => (T.Max(a.Value, b.Value), Chosen(a.Value == b.Value, a.Value > b.Value, a.D, b.D)),
        Primitive.Div => Quotient(a, b, T.One + (b.Value * b.Value)),
        Primitive.Sign => (T.IsNaN(a.Value) ? a.Value : T.CreateChecked(T.Sign(a.Value)), T.Zero),
        Primitive.Square => (a.Value * a.Value, (a.Value + a.Value) * a.D),
        Primitive.Abs => (T.Abs(a.Value), SignOf(a.Value) * a.D),
        Primitive.Tanh => (T.Tanh(a.Value), a.D * (T.One - (T.Tanh(a.Value) * T.Tanh(a.Value)))),
        Primitive.Log => (T.Log(T.Max(T.Abs(a.Value), s_clamp)), T.Abs(a.Value) < s_clamp ? T.Zero : a.D / a.Value),
        Primitive.Sqrt => (T.Sqrt(T.Max(T.Abs(a.Value), s_clamp)),
            T.Abs(a.Value) < s_clamp ? T.Zero : a.D * SignOf(a.Value) * s_half / T.Sqrt(T.Abs(a.Value))),
        _ => throw new InvalidOperationException($"unknown primitive {primitive}"),
    };

    private static T Chosen(bool tie, bool first, T a, T b) => tie ? s_half * (a + b) : first ? a : b;

    private static (T, T) Quotient((T Value, T D) a, (T Value, T D) b, T square)
    {
        var root = T.Sqrt(square);
        return (a.Value / root, (a.D / root) - (a.Value * b.Value * b.D / (square * root)));
    }

    private static T SignOf(T value) => value > T.Zero ? T.One : value < T.Zero ? -T.One : T.Zero;
}
