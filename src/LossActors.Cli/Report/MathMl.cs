using System.Globalization;
using System.Text;
using LossActors.Expressions;

namespace LossActors.Cli.Report;

/// <summary>Writes an expression as MathML, which browsers set as a formula without any script.</summary>
internal static class MathMl
{
    /// <summary>The formula of a loss: ℓ(y, f) = ….</summary>
    public static string Write(Expression loss)
    {
        var position = 0;
        var body = Subtree(loss, ref position);
        return "<math display=\"block\"><mi>ℓ</mi><mo>(</mo><mi>y</mi><mo>,</mo><mi>f</mi><mo>)</mo><mo>=</mo>" + body.Markup + "</math>";
    }

    private static Part Subtree(Expression loss, ref int position)
    {
        var node = loss[position++];
        var a = node.Arity > 0 ? Subtree(loss, ref position) : default;
        var b = node.Arity > 1 ? Subtree(loss, ref position) : default;
        return node.Primitive == Primitive.One
            ? new(Number(node.Coefficient), node.Coefficient < 0 ? Binding.Sum : Binding.Atom)
            : Weighted(node.Coefficient, Call(node.Primitive, a, b));
    }

    private static Part Call(Primitive primitive, Part a, Part b) => primitive switch
    {
        Primitive.Y => new("<mi>y</mi>", Binding.Atom),
        Primitive.F => new("<mi>f</mi>", Binding.Atom),
        Primitive.MinusOne => new("<mo>−</mo><mn>1</mn>", Binding.Sum),
        Primitive.Add => new($"{a.Markup}<mo>+</mo>{b.In(Binding.Product)}", Binding.Sum),
        Primitive.Sub => new($"{a.Markup}<mo>−</mo>{b.In(Binding.Product)}", Binding.Sum),
        Primitive.Mul => new($"{a.In(Binding.Product)}<mo>·</mo>{b.In(Binding.Product)}", Binding.Product),
        Primitive.Div => new(
            $"<mfrac><mrow>{a.Markup}</mrow><msqrt><mn>1</mn><mo>+</mo><msup><mrow>{b.In(Binding.Atom)}</mrow><mn>2</mn></msup></msqrt></mfrac>", Binding.Product),
        Primitive.Square => new($"<msup><mrow>{a.In(Binding.Atom)}</mrow><mn>2</mn></msup>", Binding.Product),
        Primitive.Abs => new($"<mrow><mo>|</mo>{a.Markup}<mo>|</mo></mrow>", Binding.Atom),
        Primitive.Sqrt => new($"<msqrt><mrow><mo>|</mo>{a.Markup}<mo>|</mo></mrow></msqrt>", Binding.Atom),
        Primitive.Log => new($"<mrow><mi>ln</mi><mrow><mo>|</mo>{a.Markup}<mo>|</mo></mrow></mrow>", Binding.Product),
        Primitive.Min or Primitive.Max => new($"<mrow><mi>{primitive.Name()}</mi><mo>(</mo>{a.Markup}<mo>,</mo>{b.Markup}<mo>)</mo></mrow>", Binding.Atom),
        _ => new($"<mrow><mi>{primitive.Name()}</mi><mo>(</mo>{a.Markup}<mo>)</mo></mrow>", Binding.Atom),
    };

    private static Part Weighted(double weight, Part part) => weight switch
    {
        1.0 => part,
        -1.0 => new($"<mo>−</mo>{part.In(Binding.Product)}", Binding.Sum),
        _ => new($"{Number(weight)}<mo>·</mo>{part.In(Binding.Product)}", weight < 0 ? Binding.Sum : Binding.Product),
    };

    private static string Number(double value)
    {
        var text = new StringBuilder(value < 0 ? "<mo>−</mo>" : "");
        var digits = Math.Abs(value).ToString("G4", CultureInfo.InvariantCulture);
        var e = digits.IndexOf('E', StringComparison.Ordinal);
        return e < 0
            ? text.Append("<mn>").Append(digits).Append("</mn>").ToString()
            : text.Append("<mn>").Append(digits, 0, e).Append("</mn><mo>·</mo><msup><mn>10</mn><mn>")
                .Append(int.Parse(digits.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)).Append("</mn></msup>").ToString();
    }

    // How tightly the outermost operation of a part binds.
    private enum Binding
    {
        Sum,
        Product,
        Atom,
    }

    private readonly record struct Part(string Markup, Binding Binding)
    {
        public string In(Binding least) => Binding >= least ? $"<mrow>{Markup}</mrow>" : $"<mrow><mo>(</mo>{Markup}<mo>)</mo></mrow>";
    }
}
