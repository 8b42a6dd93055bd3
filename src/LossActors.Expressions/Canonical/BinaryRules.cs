namespace LossActors.Expressions.Canonical;

/// <summary>Identities of the functions of two arguments that hold for values and derivatives, even splits at ties included.</summary>
internal static class BinaryRules
{
    /// <summary>Rewrites function(a, b).</summary>
    /// <param name="function">Any but sub, which is an addition of the negative.</param>
    /// <param name="a">Canonical itself.</param>
    /// <param name="b">Canonical itself.</param>
    /// <param name="extract">Whether a factor may come out; if not, one is returned only with a term that has no place for it.</param>
    public static Factor Apply(Primitive function, Factor a, Factor b, bool extract)
    {
        if (a.IsConstant && b.IsConstant && Constants.TryFold(function, a.Coefficient, b.Coefficient, out var value))
        {
            return Factor.Constant(value);
        }

        if (function.IsCommutative() && TermOrder.Compare(a, b) > 0)
        {
            (a, b) = (b, a);
        }

        return function switch
        {
            Primitive.Add => Add(a, b, extract),
            Primitive.Mul => Mul(a, b, extract),
            Primitive.Div => Div(a, b, extract),
            _ => Extremum(function, a, b, extract),
        };
    }

    private static Factor Add(Factor a, Factor b, bool extract)
    {
        if (a.IsZero || b.IsZero)
        {
            return a.IsZero ? b : a;
        }

        var sum = a.Coefficient + b.Coefficient;
        if (TermOrder.SameTerm(a, b) && double.IsFinite(sum))
        {
            return sum == 0.0 ? Factor.Zero : a with { Coefficient = sum };
        }

        if (!extract)
        {
            return Factor.Of(new Term(Primitive.Add, a, b));
        }

        // A rounded quotient could turn a sum that vanishes into one that does not; then only the sign comes out.
        return Scale.TryDivideExactly(b.Coefficient, a.Coefficient, out var ratio)
            ? new(a.Coefficient, new Term(Primitive.Add, Factor.Of(a.Term), b with { Coefficient = ratio }))
            : a.Coefficient < 0.0
                ? new(-1.0, new Term(Primitive.Add, a.Negated, b.Negated))
                : Factor.Of(new Term(Primitive.Add, a, b));
    }

    private static Factor Mul(Factor a, Factor b, bool extract)
    {
        if (a.IsZero || b.IsZero)
        {
            return Factor.Zero;
        }

        if (!Scale.TryMultiply(a.Coefficient, b.Coefficient, out var product))
        {
            return Factor.Of(new Term(Primitive.Mul, a, b));
        }

        if (a.IsConstant || b.IsConstant)
        {
            return new(product, a.IsConstant ? b.Term : a.Term);
        }

        if (TermOrder.SameTerm(a, b) && (extract || product == 1.0))
        {
            var square = UnaryRules.Apply(Primitive.Square, Factor.Of(a.Term), extract);
            if (Scale.TryMultiply(product, square.Coefficient, out var scale))
            {
                return square with { Coefficient = scale };
            }
        }

        return extract
            ? new(product, new Term(Primitive.Mul, Factor.Of(a.Term), Factor.Of(b.Term)))
            : Factor.Of(new Term(Primitive.Mul, a with { Coefficient = product }, Factor.Of(b.Term)));
    }

    // a / sqrt(1 + b²): even in b, and a multiple of a if b is constant.
    private static Factor Div(Factor a, Factor b, bool extract)
    {
        if (a.IsZero)
        {
            return Factor.Zero;
        }

        b = UnaryRules.Even(b);
        if (b.IsConstant && Scale.TryDivide(a.Coefficient, Math.Sqrt(1.0 + (b.Coefficient * b.Coefficient)), out var quotient))
        {
            return a with { Coefficient = quotient };
        }

        return extract
            ? new(a.Coefficient, new Term(Primitive.Div, Factor.Of(a.Term), b))
            : Factor.Of(new Term(Primitive.Div, a, b));
    }

    // A common factor comes out only if the comparison cannot notice: a quotient of coefficients could round a tie away.
    private static Factor Extremum(Primitive function, Factor a, Factor b, bool extract)
    {
        if (a.Coefficient == b.Coefficient && TermOrder.SameTerm(a, b))
        {
            return a;
        }

        if (!extract)
        {
            return Factor.Of(new Term(function, a, b));
        }

        var sign = 1.0;
        if ((a.IsZero ? b : a).Coefficient < 0.0)
        {
            function = Opposite(function);
            (a, b, sign) = (a.Negated, b.Negated, -1.0);
        }

        var size = Math.Max(Math.Abs(a.Coefficient), Math.Abs(b.Coefficient));
        var common = a.IsZero || b.IsZero || Math.Abs(a.Coefficient) == Math.Abs(b.Coefficient);
        return common
            ? new(sign * size, new Term(function, a with { Coefficient = Math.Sign(a.Coefficient) }, b with { Coefficient = Math.Sign(b.Coefficient) }))
            : new(sign, new Term(function, a, b));
    }

    /// <summary>min for max and max for min: -min(a, b) = max(-a, -b).</summary>
    public static Primitive Opposite(Primitive extremum) => extremum == Primitive.Min ? Primitive.Max : Primitive.Min;
}
