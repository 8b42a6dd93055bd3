using System.Collections.Immutable;

namespace LossActors.Expressions.Canonical;

/// <summary>Brings expressions that are trivially the same function into one form, so that a search evaluates it once.</summary>
/// <remarks>
/// <para>
/// Constants are folded into a coefficient of the terminal 1 (negative rather than -1); coefficients are gathered outside of the functions
/// that let them through, up to the argument of the root (out of a sum, min or max only where no comparison or cancellation could notice); a - b becomes a + (-1)·b; commutative arguments are sorted; like terms are
/// merged; and abs, sign and signs that change nothing are dropped (an even function's argument loses both).
/// </para>
/// <para>
/// The function keeps its value, up to rounding, wherever no subexpression is infinite or NaN, and so does every derivative
/// with respect to f, with the clamps of log and sqrt, even splits at ties, and derivatives of 0 at 0. The tree never grows. The root keeps its coefficient. A tree may lose
/// y or f on the way (<c>f - f</c>), and then is a loss no more. What would fold to infinity or underflow is left as it is.
/// </para>
/// </remarks>
public static class Canonicalizer
{
    // One pass settles every tree but those whose coefficients overflow on the way: what such a pass had to leave inside may come out in the next.
    private const int MaxPasses = 16;

    /// <summary>The canonical form; a canonical expression is its own, bit for bit.</summary>
    public static Expression Canonical(Expression expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            var next = Pass(expression);
            if (next.Equals(expression))
            {
                break;
            }

            expression = next;
        }

        return expression;
    }

    private static Expression Pass(Expression expression)
    {
        var root = expression[0];
        if (root.Arity == 0)
        {
            return expression;
        }

        var position = 0;
        var reduced = Call.Read(expression, ref position).Apply(extract: false);
        var nodes = ImmutableArray.CreateBuilder<Node>(expression.Count);
        Write(new Factor(root.Coefficient, Absorption.Absorb(reduced)), nodes);
        return new Expression(nodes.ToImmutable());
    }

    private static Factor Argument(Expression expression, ref int position)
    {
        var start = position++;
        var (primitive, coefficient) = expression[start];
        if (coefficient == 0.0)
        {
            position = expression.SubtreeEnd(start);
            return Factor.Zero;
        }

        switch (primitive)
        {
            case Primitive.One:
                return new(coefficient, Term.One);
            case Primitive.MinusOne:
                return new(-coefficient, Term.One);
            case Primitive.Y or Primitive.F:
                return new(coefficient, new Term(primitive));
        }

        position = start;
        var call = Call.Read(expression, ref position);
        var extracted = call.Apply(extract: true);
        if (extracted.IsZero)
        {
            return Factor.Zero;
        }

        if (Scale.TryMultiply(coefficient, extracted.Coefficient, out var product))
        {
            return extracted with { Coefficient = product };
        }

        // The factors stay inside then; a sign may always come out.
        var inner = call.Apply(extract: false);
        return inner.Coefficient < 0.0
            ? new(-coefficient, Absorption.Absorb(inner.Negated))
            : new(coefficient, Absorption.Absorb(inner));
    }

    private static void Write(Factor factor, ImmutableArray<Node>.Builder nodes)
    {
        var (coefficient, (primitive, left, right)) = factor;
        nodes.Add(new Node(primitive, coefficient));
        var arity = primitive.Arity();
        if (arity > 0)
        {
            Write(left, nodes);
        }

        if (arity > 1)
        {
            Write(right, nodes);
        }
    }

    private readonly record struct Call(Primitive Function, Factor A, Factor B)
    {
        public static Call Read(Expression expression, ref int position)
        {
            var function = expression[position++].Primitive;
            var a = Argument(expression, ref position);
            var b = function.Arity() == 2 ? Argument(expression, ref position) : default;
            return function == Primitive.Sub ? new(Primitive.Add, a, b.Negated) : new(function, a, b);
        }

        public Factor Apply(bool extract) =>
            Function.Arity() == 1 ? UnaryRules.Apply(Function, A, extract) : BinaryRules.Apply(Function, A, B, extract);
    }
}
