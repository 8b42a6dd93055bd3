using LossActors.Expressions;

namespace LossActors.Evolution.Tests.Search;

/// <summary>The value of an expression at a point: method of the paper, scanned from the last node to the first.</summary>
internal static class Formula
{
    public static double Value(Expression expression, double y, double f)
    {
        var stack = new Stack<double>(expression.Count);
        for (var i = expression.Count - 1; i >= 0; i--)
        {
            var (primitive, coefficient) = expression[i];
            var a = primitive.Arity() > 0 ? stack.Pop() : 0;
            var b = primitive.Arity() > 1 ? stack.Pop() : 0;
            stack.Push(coefficient * primitive switch
            {
                Primitive.Y => y,
                Primitive.F => f,
                Primitive.One => 1,
                Primitive.MinusOne => -1,
                Primitive.Add => a + b,
                Primitive.Sub => a - b,
                Primitive.Mul => a * b,
                Primitive.Min => Math.Min(a, b),
                Primitive.Max => Math.Max(a, b),
                Primitive.Div => a / Math.Sqrt(1 + (b * b)),
                Primitive.Sign => Math.Sign(a),
                Primitive.Square => a * a,
                Primitive.Abs => Math.Abs(a),
                Primitive.Tanh => Math.Tanh(a),
                Primitive.Log => Math.Log(Math.Max(Math.Abs(a), Primitives.Clamp)),
                Primitive.Sqrt => Math.Sqrt(Math.Max(Math.Abs(a), Primitives.Clamp)),
                _ => throw new ArgumentOutOfRangeException(nameof(expression)),
            });
        }

        return stack.Pop();
    }
}
