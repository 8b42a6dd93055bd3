namespace LossActors.Expressions.Canonical;

/// <summary>Identities of the functions of one argument that hold for values and derivatives, the clamps and the derivatives at 0 included.</summary>
internal static class UnaryRules
{
    /// <summary>Rewrites function(argument).</summary>
    /// <param name="function">Which.</param>
    /// <param name="argument">Canonical itself.</param>
    /// <param name="extract">Whether a factor may come out; if not, one is returned only with a term that has no place for it.</param>
    public static Factor Apply(Primitive function, Factor argument, bool extract)
    {
        argument = Simplify(function, argument);
        if (argument.IsConstant && Constants.TryFold(function, argument.Coefficient, out var value) && (extract || Math.Abs(value) == 1.0))
        {
            return Factor.Constant(value);
        }

        var (a, x) = argument;
        return function switch
        {
            // The square and the root of a number are no less than 0 already; |x|' = 1 there, or what it multiplies is 0.
            Primitive.Abs when x.Primitive is Primitive.Square or Primitive.Sqrt && (extract || a == 1.0) => argument,
            Primitive.Abs when extract => new(a, new Term(function, Factor.Of(x))),
            Primitive.Square when extract && Scale.TryMultiply(a, a, out var square) => new(square, new Term(function, Factor.Of(x))),
            Primitive.Sign or Primitive.Tanh when extract && a < 0.0 => new(-1.0, new Term(function, argument.Negated)),
            // sqrt is never 0: its argument is clamped.
            Primitive.Sign when x.Primitive == Primitive.Sqrt => Factor.Constant(a),
            _ => Factor.Of(new Term(function, argument)),
        };
    }

    /// <summary>What an even function may see instead of its argument: its sign and an absolute value around it do not matter.</summary>
    public static Factor Even(Factor argument)
    {
        while (argument.Term.Primitive == Primitive.Abs && Scale.TryMultiply(argument.Coefficient, argument.Term.Left.Coefficient, out var product))
        {
            argument = argument.Term.Left with { Coefficient = product };
        }

        return argument.Coefficient < 0.0 ? argument.Negated : argument;
    }

    private static Factor Simplify(Primitive function, Factor argument) => function switch
    {
        Primitive.Sign => OfSign(argument),
        Primitive.Tanh => argument,
        _ => Even(argument),
    };

    // Only the argument's sign matters, and sign and tanh keep it.
    private static Factor OfSign(Factor argument)
    {
        while (argument.Term.Primitive is Primitive.Sign or Primitive.Tanh)
        {
            argument = argument.Term.Left with { Coefficient = Math.Sign(argument.Coefficient) * Math.Sign(argument.Term.Left.Coefficient) };
        }

        return argument with { Coefficient = Math.Sign(argument.Coefficient) };
    }
}
