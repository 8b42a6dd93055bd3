using LossActors.Expressions.Printing;

namespace LossActors.Expressions.Export;

/// <summary>Writes an expression as a Python module; see <see cref="PythonModule"/>.</summary>
internal static class PythonExporter
{
    public static string Export(Expression expression)
    {
        var statements = Statements.Of(expression, (name, value) => $"    {name} = {value}", Call, (c, term) => $"{c} * {term}");
        return PythonModule.Write(
            $"""
            loss(y, f) = {ExpressionFormatter.Infix(expression)}

            where a / b is the analytic quotient a / sqrt(1 + b^2), and log and sqrt see max(|a|, 1e-7).
            """,
            $""""
            def _clamped(a):
                return torch.clamp(torch.abs(a), min=1e-7)


            def loss(y, f):
                """The loss of each target y and prediction f, elementwise, in their dtype."""
                one = torch.ones_like(f)
            {string.Join('\n', statements)}
                return t0
            """");
    }

    private static string Call(Primitive primitive, string[] a) => primitive switch
    {
        Primitive.Y => "y",
        Primitive.F => "f",
        Primitive.One => "one",
        Primitive.MinusOne => "-one",
        Primitive.Add => $"({a[0]} + {a[1]})",
        Primitive.Sub => $"({a[0]} - {a[1]})",
        Primitive.Mul => $"({a[0]} * {a[1]})",
        Primitive.Min => $"torch.minimum({a[0]}, {a[1]})",
        Primitive.Max => $"torch.maximum({a[0]}, {a[1]})",
        Primitive.Div => $"({a[0]} / torch.sqrt(1 + {a[1]} * {a[1]}))",
        Primitive.Log => $"torch.log(_clamped({a[0]}))",
        Primitive.Sqrt => $"torch.sqrt(_clamped({a[0]}))",
        _ => $"torch.{primitive.Name()}({a[0]})",
    };
}
