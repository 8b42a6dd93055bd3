using System.Globalization;
using System.Text;

namespace LossActors.Expressions.Printing;

/// <summary>Writes expressions as text that <see cref="Parsing.ExpressionParser"/> reads back, coefficients bit for bit.</summary>
public static class ExpressionFormatter
{
    /// <summary>The function form without weights, as in <c>mul(log(f), y)</c>: the structure alone.</summary>
    public static string Function(Expression expression) => Calls(expression, weighted: false);

    /// <summary>The function form with weights as leading factors, as in <c>mul(0.98*log(1.2*f), y)</c>.</summary>
    public static string WeightedFunction(Expression expression) => Calls(expression, weighted: true);

    /// <summary>Infix with weights as leading factors, as in <c>0.98*log(1.2*f) * y</c>.</summary>
    public static string Infix(Expression expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        return InfixWriter.Write(expression);
    }

    /// <summary>The shortest text that reads back as the same double.</summary>
    internal static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Calls(Expression expression, bool weighted)
    {
        ArgumentNullException.ThrowIfNull(expression);
        var text = new StringBuilder();
        var missing = new Stack<int>();
        foreach (var node in expression.Nodes)
        {
            // Polish notation is already the order of the text; only commas and closing parentheses are to be added.
            if (weighted && node.Coefficient != 1.0)
            {
                text.Append(Number(node.Coefficient)).Append('*');
            }

            text.Append(node.Primitive.Name());
            if (node.Arity > 0)
            {
                text.Append('(');
                missing.Push(node.Arity);
                continue;
            }

            while (missing.TryPop(out var left))
            {
                if (left > 1)
                {
                    text.Append(", ");
                    missing.Push(left - 1);
                    break;
                }

                text.Append(')');
            }
        }

        return text.ToString();
    }
}
