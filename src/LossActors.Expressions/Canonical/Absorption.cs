namespace LossActors.Expressions.Canonical;

/// <summary>
/// Puts a factor inside a term where nothing outside may carry it: at the root, whose coefficient is fixed, or where the product of two
/// coefficients would overflow.
/// </summary>
internal static class Absorption
{
    public static Term Absorb(Factor factor)
    {
        var (scale, term) = factor;
        if (scale == 1.0)
        {
            return term;
        }

        if (factor.IsConstant && scale == -1.0)
        {
            return Term.MinusOne;
        }

        return Inside(scale, term) ?? Product(factor);
    }

    private static Term? Inside(double scale, Term term)
    {
        var (function, a, b) = term;
        Factor? scaled = function switch
        {
            Primitive.Mul or Primitive.Div when Times(scale, a) is { } left => BinaryRules.Apply(function, left, b, extract: false),
            Primitive.Add when Times(scale, a) is { } left && Times(scale, b) is { } right => BinaryRules.Apply(function, left, right, extract: false),
            Primitive.Min or Primitive.Max when Times(scale, a) is { } left && Times(scale, b) is { } right =>
                BinaryRules.Apply(scale < 0.0 ? BinaryRules.Opposite(function) : function, left, right, extract: false),
            Primitive.Abs when scale > 0.0 && Times(scale, a) is { } inner => UnaryRules.Apply(function, inner, extract: false),
            Primitive.Sign or Primitive.Tanh when scale == -1.0 => UnaryRules.Apply(function, a.Negated, extract: false),
            _ => null,
        };
        return scaled is { Coefficient: 1.0 } whole ? whole.Term : null;
    }

    private static Factor? Times(double scale, Factor factor) =>
        factor.IsZero ? factor
        : Scale.TryMultiply(scale, factor.Coefficient, out var product) ? factor with { Coefficient = product }
        : null;

    private static Term Product(Factor factor)
    {
        var one = Factor.Of(Term.One);
        var scale = Factor.Constant(factor.Coefficient);
        return factor.IsConstant ? new Term(Primitive.Mul, scale, one)
            : TermOrder.Compare(one, factor) < 0 ? new Term(Primitive.Mul, scale, Factor.Of(factor.Term))
            : new Term(Primitive.Mul, factor, one);
    }
}
