using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using LossActors.Expressions;

namespace LossActors.Actors.Serialization;

/// <summary>
/// The exact weighted function form, <c>"0.98*log(1.2*f)"</c>, coefficients of 1 left out. The function form lists nodes in
/// the order they are stored in, so it is read by one scan without recursion, whatever its depth; that it was well formed
/// is checked by printing it again.
/// </summary>
internal sealed class ExpressionConverter : TextConverter<Expression>
{
    protected override string Print(Expression value)
    {
        var text = new StringBuilder(value.Count * 8);
        var open = new Stack<int>();
        foreach (var node in value.Nodes)
        {
            if (node.Coefficient != 1.0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{node.Coefficient:R}*");
            }

            text.Append(node.Primitive.Name());
            if (node.Arity > 0)
            {
                text.Append('(');
                open.Push(node.Arity);
                continue;
            }

            while (open.TryPop(out var missing))
            {
                if (missing > 1)
                {
                    text.Append(", ");
                    open.Push(missing - 1);
                    break;
                }

                text.Append(')');
            }
        }

        return text.ToString();
    }

    protected override Expression Parse(string text)
    {
        var nodes = ImmutableArray.CreateBuilder<Node>();
        foreach (var token in text.Split(['(', ')', ',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            var star = token.IndexOf('*', StringComparison.Ordinal);
            var coefficient = star < 0 ? 1.0 : double.Parse(token.AsSpan(0, star), NumberStyles.Float, CultureInfo.InvariantCulture);
            nodes.Add(Primitives.TryParse(token[(star + 1)..], out var primitive)
                ? new Node(primitive, coefficient)
                : throw new FormatException($"unknown primitive in '{token}'"));
        }

        var expression = new Expression(nodes.ToImmutable());
        return Print(expression) == text ? expression : throw new FormatException("not in its exact form");
    }
}
