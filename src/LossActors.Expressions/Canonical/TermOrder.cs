namespace LossActors.Expressions.Canonical;

/// <summary>
/// The total order in which commutative arguments stand: by structure (node by node, in the order of the primitives' numbers), then by the
/// coefficients inside, then by the coefficient's size, positive before negative.
/// </summary>
internal static class TermOrder
{
    public static int Compare(Factor a, Factor b)
    {
        var order = CompareTerms(a.Term, b.Term);
        if (order != 0)
        {
            return order;
        }

        // Sizes first: negating both arguments must not swap them.
        order = Math.Abs(a.Coefficient).CompareTo(Math.Abs(b.Coefficient));
        return order != 0 ? order : b.Coefficient.CompareTo(a.Coefficient);
    }

    public static bool SameTerm(Factor a, Factor b) => CompareTerms(a.Term, b.Term) == 0;

    private static int CompareTerms(Term a, Term b)
    {
        var order = Structure(a, b);
        return order != 0 ? order : Coefficients(a, b);
    }

    private static int Structure(Term a, Term b)
    {
        var order = a.Primitive.CompareTo(b.Primitive);
        var arity = a.Primitive.Arity();
        if (order == 0 && arity > 0)
        {
            order = Structure(a.Left.Term, b.Left.Term);
        }

        return order == 0 && arity > 1 ? Structure(a.Right.Term, b.Right.Term) : order;
    }

    private static int Coefficients(Term a, Term b)
    {
        var arity = a.Primitive.Arity();
        var order = arity > 0 ? Argument(a.Left, b.Left) : 0;
        return order == 0 && arity > 1 ? Argument(a.Right, b.Right) : order;

        static int Argument(Factor a, Factor b)
        {
            var order = a.Coefficient.CompareTo(b.Coefficient);
            return order != 0 ? order : Coefficients(a.Term, b.Term);
        }
    }
}
