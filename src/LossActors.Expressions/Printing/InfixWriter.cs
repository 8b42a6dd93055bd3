namespace LossActors.Expressions.Printing;

/// <summary>Writes infix with no more parentheses than the grammar needs.</summary>
internal static class InfixWriter
{
    private enum Strength
    {
        Sum,
        Product,
        // A bare number binds like a primary, except that before '*' it would read as a weight.
        Number,
        Weighted,
        Primary,
    }

    public static string Write(Expression expression)
    {
        var pending = new Stack<(string Text, Strength Strength)>();
        for (var i = expression.Count - 1; i >= 0; i--)
        {
            var node = expression[i];
            var bare = node.Arity switch
            {
                0 => Terminal(node),
                1 => ($"{node.Primitive.Name()}({pending.Pop().Text})", Strength.Primary),
                _ => Binary(node.Primitive, pending.Pop(), pending.Pop()),
            };
            pending.Push(node.Primitive == Primitive.One ? bare : Weigh(node.Coefficient, bare));
        }

        return pending.Pop().Text;
    }

    private static (string, Strength) Terminal(Node node) => node.Primitive switch
    {
        Primitive.Y or Primitive.F => (node.Primitive.Name(), Strength.Primary),
        Primitive.MinusOne => ("-1", Strength.Number),
        // The text -1 names the other terminal.
        _ => (node.Coefficient == -1.0 ? "-1*1" : ExpressionFormatter.Number(node.Coefficient), Strength.Number),
    };

    private static (string, Strength) Binary(Primitive primitive, (string Text, Strength Strength) a, (string Text, Strength Strength) b) => primitive switch
    {
        Primitive.Add => ($"{a.Text} + {Operand(b, Strength.Product)}", Strength.Sum),
        Primitive.Sub => ($"{a.Text} - {Operand(b, Strength.Product)}", Strength.Sum),
        Primitive.Mul => ($"{LeftFactor(a)} * {Operand(b, Strength.Weighted)}", Strength.Product),
        Primitive.Div => ($"{LeftFactor(a)} / {Operand(b, Strength.Weighted)}", Strength.Product),
        _ => ($"{primitive.Name()}({a.Text}, {b.Text})", Strength.Primary),
    };

    private static string LeftFactor((string Text, Strength Strength) operand) =>
        operand.Strength == Strength.Product ? operand.Text : Operand(operand, Strength.Weighted);

    private static string Operand((string Text, Strength Strength) operand, Strength least) =>
        operand.Strength >= least ? operand.Text : $"({operand.Text})";

    private static (string, Strength) Weigh(double coefficient, (string Text, Strength Strength) bare)
    {
        if (coefficient == 1.0)
        {
            return bare;
        }

        if (bare.Strength == Strength.Number)
        {
            return ($"{ExpressionFormatter.Number(coefficient)}*{bare.Text}", Strength.Number);
        }

        var sign = coefficient == -1.0 ? "-" : ExpressionFormatter.Number(coefficient) + "*";
        return (sign + Operand(bare, Strength.Primary), Strength.Weighted);
    }
}
