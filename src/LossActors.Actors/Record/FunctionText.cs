using System.Text;
using LossActors.Expressions;

namespace LossActors.Actors.Record;

/// <summary>The bare function form of an expression, without coefficients: <c>mul(log(f), y)</c>.</summary>
internal static class FunctionText
{
    public static string Write(Expression expression)
    {
        var text = new StringBuilder();
        var open = new Stack<int>();
        foreach (var node in expression)
        {
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
}
