using System.Globalization;
using LossActors.Expressions.Printing;

namespace LossActors.Expressions.Export;

/// <summary>Writes a formula in LaTeX's mathematical mode. For readability it leaves out that log and sqrt see no less than 1e-7.</summary>
internal static class LatexExporter
{
    private enum Strength
    {
        Sum,
        Product,
        Atom,
    }

    public static string Export(Expression expression)
    {
        var pending = new Stack<(string Text, Strength Strength)>();
        for (var i = expression.Count - 1; i >= 0; i--)
        {
            var node = expression[i];
            pending.Push(Weigh(node, node.Arity switch
            {
                0 => Terminal(node.Primitive),
                1 => (Unary(node.Primitive, pending.Pop().Text), Strength.Atom),
                _ => Binary(node.Primitive, pending.Pop(), pending.Pop()),
            }));
        }

        return @"\mathcal{L}(y, f(x)) = " + pending.Pop().Text;
    }

    private static (string, Strength) Terminal(Primitive terminal) => terminal switch
    {
        Primitive.F => ("f(x)", Strength.Atom),
        Primitive.MinusOne => ("-1", Strength.Sum),
        _ => (terminal.Name(), Strength.Atom),
    };

    private static string Unary(Primitive function, string a) => function switch
    {
        Primitive.Sign => $@"\operatorname{{sgn}}\left({a}\right)",
        Primitive.Square => $@"\left({a}\right)^{{2}}",
        Primitive.Abs => $@"\left|{a}\right|",
        Primitive.Tanh => $@"\tanh\left({a}\right)",
        Primitive.Log => $@"\ln\left|{a}\right|",
        _ => $@"\sqrt{{\left|{a}\right|}}",
    };

    private static (string, Strength) Binary(Primitive function, (string Text, Strength Strength) a, (string Text, Strength Strength) b) => function switch
    {
        Primitive.Add => ($"{a.Text} + {Operand(b, Strength.Product)}", Strength.Sum),
        Primitive.Sub => ($"{a.Text} - {Operand(b, Strength.Product)}", Strength.Sum),
        Primitive.Mul => ($@"{Operand(a, Strength.Product)} \cdot {Operand(b, Strength.Product)}", Strength.Product),
        Primitive.Div => ($@"\frac{{{a.Text}}}{{\sqrt{{1 + \left({b.Text}\right)^{{2}}}}}}", Strength.Atom),
        _ => ($@"\{function.Name()}\left({a.Text},\, {b.Text}\right)", Strength.Atom),
    };

    private static string Operand((string Text, Strength Strength) operand, Strength least) =>
        operand.Strength >= least ? operand.Text : $@"\left({operand.Text}\right)";

    private static (string, Strength) Weigh(Node node, (string Text, Strength Strength) bare)
    {
        var c = node.Coefficient;
        if (c == 1.0)
        {
            return bare;
        }

        // A negative factor binds like a sum: it may not follow an operator without parentheses.
        var strength = double.IsNegative(c) ? Strength.Sum : Strength.Product;
        return node.Primitive == Primitive.One
            ? (Number(c), double.IsNegative(c) ? Strength.Sum : Strength.Atom)
            : (c == -1.0 ? "-" + Operand(bare, Strength.Product) : $@"{Number(c)} \cdot {Operand(bare, Strength.Product)}", strength);
    }

    private static string Number(double value)
    {
        var text = ExpressionFormatter.Number(value);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        return e < 0 ? text : $@"{text[..e]} \cdot 10^{{{int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)}}}";
    }
}
