using System.Collections.Immutable;
using CsCheck;

namespace LossActors.Expressions.Tests;

/// <summary>Random expressions, as a search breeds them, and their coefficients.</summary>
internal static class TreeGen
{
    /// <summary>Any finite double: plain ones, special ones and random bits.</summary>
    public static Gen<double> AnyCoefficient { get; } = Gen.Frequency(
        (3, Gen.Const(1.0)),
        (2, Gen.OneOf(-1.0, 0.0, -0.0, 0.5, 2.0, 1e-7, double.Epsilon, double.MaxValue)),
        (3, Gen.Double[-2, 2]),
        (2, Gen.Double.Where(double.IsFinite)));

    /// <summary>Coefficients as a refinement leaves them.</summary>
    public static Gen<double> Tuned { get; } = Gen.Double[0.5, 1.5];

    /// <summary>1 and powers of two of either sign, with which products and quotients of small numbers are exact.</summary>
    public static Gen<double> Exact { get; } = Gen.Frequency((6, Gen.Const(1.0)), (3, Gen.OneOf(-1.0, 2.0, 0.5, -2.0, -0.5)), (1, Gen.Const(0.0)));

    /// <summary>Seven points in [-2, 2]. Never 0, and nothing that vanishes or underflows beside 1.</summary>
    public static Gen<double[]> Points { get; } = Gen.Int[-2000, 2000].Select(i => (i * 1e-3) + 0.00037).Array[7];

    /// <summary>Trees up to a height. Terminals are as frequent as in "grow" initialisation.</summary>
    public static Gen<Expression> Trees(int height, Gen<double> coefficients, bool unitRoot = false)
    {
        var nodes = Subtree(height, coefficients);
        return nodes.Select(n => new Expression(unitRoot ? n.SetItem(0, n[0] with { Coefficient = 1.0 }) : n));
    }

    private static Gen<ImmutableArray<Node>> Subtree(int height, Gen<double> coefficients)
    {
        var terminal = Gen.Select(Gen.Frequency((3, Gen.OneOf(Primitive.Y, Primitive.F)), (1, Gen.OneOf(Primitive.One, Primitive.MinusOne))), coefficients)
            .Select((p, c) => ImmutableArray.Create(new Node(p, c)));
        if (height == 0)
        {
            return terminal;
        }

        var argument = Subtree(height - 1, coefficients);
        var unary = Gen.Select(Gen.OneOf([.. Primitives.Unary]), coefficients, argument)
            .Select((p, c, a) => ImmutableArray.Create(new Node(p, c)).AddRange(a));
        var binary = Gen.Select(Gen.OneOf([.. Primitives.Binary]), coefficients, argument, argument)
            .Select((p, c, a, b) => ImmutableArray.Create(new Node(p, c)).AddRange(a).AddRange(b));
        return Gen.Frequency((1, terminal), (2, unary), (3, binary));
    }
}
