namespace LossActors.Expressions.Tests;

/// <summary>A second opinion, written for obviousness: one point, dual numbers (value and derivative with respect to f), recursion.</summary>
internal static class ReferenceLoss
{
    /// <summary>Value and dℓ/df; <c>Smooth</c> is false where some part is infinite or NaN.</summary>
    public static (double Value, double DF, bool Finite) At(Expression expression, double y, double f)
    {
        var position = 0;
        var finite = true;
        var (value, slope) = Walk();
        return (value, slope, finite);

        (double, double) Walk()
        {
            var node = expression[position++];
            var (a, da) = node.Arity > 0 ? Walk() : default;
            var (b, db) = node.Arity > 1 ? Walk() : default;
            var (v, d) = Apply(node.Primitive, a, da, b, db);
            finite &= double.IsFinite(v) && double.IsFinite(d);
            return (v * node.Coefficient, d * node.Coefficient);
        }

        (double, double) Apply(Primitive primitive, double a, double da, double b, double db)
        {
            var size = Math.Max(Math.Abs(a), 1e-7);
            var clamped = Math.Abs(a) < 1e-7 ? 0.0 : 1.0;
            var root = Math.Sqrt(1 + (b * b));
            return primitive switch
            {
                Primitive.Y => (y, 0),
                Primitive.F => (f, 1),
                Primitive.One => (1, 0),
                Primitive.MinusOne => (-1, 0),
                Primitive.Add => (a + b, da + db),
                Primitive.Sub => (a - b, da - db),
                Primitive.Mul => (a * b, (da * b) + (a * db)),
                Primitive.Min => (Math.Min(a, b), a == b ? (da + db) / 2 : a < b ? da : db),
                Primitive.Max => (Math.Max(a, b), a == b ? (da + db) / 2 : a > b ? da : db),
                Primitive.Div => (a / root, (da / root) - (a * b * db / (root * root * root))),
                Primitive.Sign => (Math.Sign(a), 0),
                Primitive.Square => (a * a, 2 * a * da),
                Primitive.Abs => (Math.Abs(a), Math.Sign(a) * da),
                Primitive.Tanh => (Math.Tanh(a), (1 - (Math.Tanh(a) * Math.Tanh(a))) * da),
                Primitive.Log => (Math.Log(size), clamped * Math.Sign(a) * da / size),
                Primitive.Sqrt => (Math.Sqrt(size), clamped * Math.Sign(a) * da / (2 * Math.Sqrt(size))),
                _ => throw new ArgumentOutOfRangeException(nameof(primitive)),
            };
        }
    }
}
