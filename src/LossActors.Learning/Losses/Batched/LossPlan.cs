using System.Collections.Immutable;
using LossActors.Expressions;

namespace LossActors.Learning.Losses.Batched;

/// <summary>
/// How the losses of a cohort are evaluated side by side. Every node of every expression has a row in one table; all nodes of one primitive and one height are computed at once,
/// so the number of operations depends on how different the expressions are, not on how many there are.
/// </summary>
internal sealed class LossPlan
{
    public LossPlan(IReadOnlyList<Expression> losses)
    {
        var nodes = new List<(int Height, Primitive Primitive, int Row, int First, int Second, int Member)>();
        var roots = ImmutableArray.CreateBuilder<int>(losses.Count);
        var coefficients = ImmutableArray.CreateBuilder<double>();
        for (var member = 0; member < losses.Count; member++)
        {
            roots.Add(coefficients.Count);
            nodes.AddRange(Place(losses[member], coefficients.Count, member));
            coefficients.AddRange(losses[member].Weights);
        }

        Roots = roots.DrainToImmutable();
        Coefficients = coefficients.DrainToImmutable();
        Groups =
        [
            .. nodes.GroupBy(n => (n.Height, n.Primitive)).OrderBy(g => g.Key).Select(g => new NodeGroup(
                g.Key.Primitive, [.. g.Select(n => n.Row)], [.. g.Select(n => n.First)], [.. g.Select(n => n.Second)], [.. g.Select(n => n.Member)])),
        ];
    }

    /// <summary>The row of each member's root.</summary>
    public ImmutableArray<int> Roots { get; }

    /// <summary>One per row.</summary>
    public ImmutableArray<double> Coefficients { get; }

    /// <summary>In an order in which arguments come before what needs them.</summary>
    public ImmutableArray<NodeGroup> Groups { get; }

    private static IEnumerable<(int Height, Primitive Primitive, int Row, int First, int Second, int Member)> Place(Expression loss, int offset, int member)
    {
        var stack = new Stack<(int Height, int Row)>();
        for (var i = loss.Count - 1; i >= 0; i--)
        {
            var node = loss[i];
            var first = node.Arity > 0 ? stack.Pop() : (Height: -1, Row: 0);
            var second = node.Arity > 1 ? stack.Pop() : (Height: -1, Row: 0);
            var height = 1 + Math.Max(first.Height, second.Height);
            stack.Push((height, offset + i));
            yield return (height, node.Primitive, offset + i, first.Row, second.Row, member);
        }
    }
}
