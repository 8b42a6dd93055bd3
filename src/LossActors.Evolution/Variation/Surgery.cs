using System.Collections.Immutable;
using LossActors.Expressions;

namespace LossActors.Evolution.Variation;

/// <summary>Cutting and grafting of flat trees, where a subtree is a slice.</summary>
internal static class Surgery
{
    /// <summary>The nodes of the subtree that begins at a position.</summary>
    public static ReadOnlySpan<Node> Slice(this Expression tree, int at) => tree.Nodes[at..tree.SubtreeEnd(at)];

    /// <summary>The subtree that begins at a position, as a tree of its own.</summary>
    public static Expression Subtree(this Expression tree, int at) => new([.. tree.Slice(at)]);

    /// <summary>The tree with the subtree at a position replaced.</summary>
    public static Expression Replace(this Expression tree, int at, params ReadOnlySpan<Node> graft)
    {
        var nodes = ImmutableArray.CreateBuilder<Node>(tree.Count + graft.Length);
        nodes.AddRange(tree.Nodes[..at]);
        nodes.AddRange(graft);
        nodes.AddRange(tree.Nodes[tree.SubtreeEnd(at)..]);
        return new Expression(nodes.ToImmutable());
    }

    /// <summary>The tree with one node changed for another of the same arity.</summary>
    public static Expression WithNode(this Expression tree, int at, Node node) => new([.. tree.Nodes[..at], node, .. tree.Nodes[(at + 1)..]]);

    /// <summary>Positions of a node's arguments.</summary>
    public static ImmutableArray<int> Arguments(this Expression tree, int at)
    {
        var arguments = ImmutableArray.CreateBuilder<int>(tree[at].Arity);
        var next = at + 1;
        for (var i = 0; i < tree[at].Arity; i++)
        {
            arguments.Add(next);
            next = tree.SubtreeEnd(next);
        }

        return arguments.DrainToImmutable();
    }

    /// <summary>Positions of the functions.</summary>
    public static ImmutableArray<int> Functions(this Expression tree) => [.. Positions(tree, n => n.Arity > 0)];

    /// <summary>Positions of the terminals.</summary>
    public static ImmutableArray<int> Terminals(this Expression tree) => [.. Positions(tree, n => n.Arity == 0)];

    /// <summary>The depth of each node; 0 for the root.</summary>
    public static ImmutableArray<int> Depths(this Expression tree)
    {
        var depths = ImmutableArray.CreateBuilder<int>(tree.Count);
        var open = new Stack<int>([0]);
        foreach (var node in tree.Nodes)
        {
            var depth = open.Pop();
            depths.Add(depth);
            for (var i = 0; i < node.Arity; i++)
            {
                open.Push(depth + 1);
            }
        }

        return depths.MoveToImmutable();
    }

    private static IEnumerable<int> Positions(Expression tree, Func<Node, bool> which) =>
        Enumerable.Range(0, tree.Count).Where(i => which(tree[i]));
}
