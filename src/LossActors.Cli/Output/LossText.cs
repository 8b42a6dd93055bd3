using System.Collections.Immutable;
using System.Globalization;
using LossActors.Actors.Record;
using LossActors.Expressions;
using LossActors.Expressions.Printing;
using LossActors.Learning.Losses;
using LossActors.Learning.Losses.Neural;

namespace LossActors.Cli.Output;

/// <summary>Losses as people read them.</summary>
internal static class LossText
{
    /// <summary>The loss of a row of the record, with its coefficients or weights.</summary>
    public static LossFunction Of(HallOfFameRow row) => Of(row.Expression, row.Weights);

    /// <summary>The loss of a candidate, with its coefficients or weights.</summary>
    public static LossFunction Of(CandidateRow row) => Of(row.Expression, row.Weights);

    /// <summary>The loss of a bare form with its coefficients or weights.</summary>
    public static LossFunction Of(string form, ImmutableArray<double> weights) =>
        form == NeuralLoss.Name ? LossFunction.Of(new NeuralLoss(weights)) : LossFunction.Of(Expression.Parse(form).WithWeights(weights.AsSpan()));

    /// <summary>The function form without coefficients; of a neural loss its name.</summary>
    public static string Bare(LossFunction loss) => loss is LossFunction.Symbolic symbolic ? ExpressionFormatter.Function(symbolic.Expression) : NeuralLoss.Name;

    /// <summary>Infix, as <see cref="Readable"/> spells it; of a neural loss its name.</summary>
    public static string Short(LossFunction loss) => loss is LossFunction.Symbolic symbolic ? Short(symbolic.Expression) : NeuralLoss.Name;

    /// <summary>Infix, as <see cref="Readable"/> spells it.</summary>
    public static string Short(Expression loss) => ExpressionFormatter.Infix(Readable(loss));

    /// <summary>The same function for the eye: coefficients of four significant digits, and differences where the canonical form adds a negative term.</summary>
    public static Expression Readable(Expression loss) => new(Subtree(loss, 0));

    private static ImmutableArray<Node> Subtree(Expression loss, int root)
    {
        var node = new Node(loss[root].Primitive, Round(loss[root].Coefficient));
        switch (node)
        {
            case { Primitive: Primitive.One, Coefficient: -1 }:
                return [new Node(Primitive.MinusOne)];
            case { Arity: 0 }:
                return [node];
            case { Arity: 1 }:
                return [node, .. Subtree(loss, root + 1)];
            default:
                var (a, b) = (Subtree(loss, root + 1), Subtree(loss, loss.SubtreeEnd(root + 1)));
                return node.Primitive != Primitive.Add ? [node, .. a, .. b]
                    : Negated(b) is { } subtrahend ? [node with { Primitive = Primitive.Sub }, .. a, .. subtrahend]
                    : Negated(a) is { } first ? [node with { Primitive = Primitive.Sub }, .. b, .. first]
                    : [node, .. a, .. b];
        }
    }

    // Null unless it is a negative term.
    private static ImmutableArray<Node>? Negated(ImmutableArray<Node> term) => term[0] switch
    {
        { Primitive: Primitive.MinusOne } => [new Node(Primitive.One)],
        { Coefficient: < 0 } root => term.SetItem(0, root with { Coefficient = -root.Coefficient }),
        _ => null,
    };

    private static double Round(double weight) =>
        double.Parse(weight.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
