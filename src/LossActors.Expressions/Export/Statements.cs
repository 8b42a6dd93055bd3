using LossActors.Expressions.Printing;

namespace LossActors.Expressions.Export;

/// <summary>An expression as a sequence of assignments, innermost first, for languages with variables.</summary>
internal static class Statements
{
    /// <summary>The assignments <c>t3 = …</c>, with terminals and calls as the language writes them; the last is the root's, to <c>t0</c>.</summary>
    /// <param name="expression">Which.</param>
    /// <param name="assign">Makes a line of a variable's name and what it becomes.</param>
    /// <param name="call">Applies a primitive to its arguments (variables; none for a terminal).</param>
    /// <param name="scale">Multiplies a term by a coefficient other than 1.</param>
    public static IEnumerable<string> Of(
        Expression expression, Func<string, string, string> assign, Func<Primitive, string[], string> call, Func<string, string, string> scale)
    {
        for (var i = expression.Count - 1; i >= 0; i--)
        {
            var node = expression[i];
            string[] arguments = node.Arity switch
            {
                0 => [],
                1 => [$"t{i + 1}"],
                _ => [$"t{i + 1}", $"t{expression.SubtreeEnd(i + 1)}"],
            };
            var term = call(node.Primitive, arguments);
            yield return assign($"t{i}", node.Coefficient == 1.0 ? term : scale(Literal(node.Coefficient), term));
        }
    }

    /// <summary>The shortest literal that is a floating-point number in Python and C# and reads back exactly.</summary>
    public static string Literal(double value)
    {
        var text = ExpressionFormatter.Number(value);
        return text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text;
    }
}
