using System.Collections;
using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LossActors.Expressions.Printing;

namespace LossActors.Expressions;

/// <summary>
/// An immutable expression tree, stored flat: its nodes depth first and left to right (Polish notation), so node i carries
/// weight i, a subtree is a contiguous slice that begins at its root, and a scan from the last node to the first
/// evaluates it with a stack.
/// </summary>
[JsonConverter(typeof(ExpressionJsonConverter))]
public sealed partial class Expression : IReadOnlyList<Node>, IEquatable<Expression>
{
    private readonly ImmutableArray<Node> _nodes;

    /// <summary>Makes an expression of nodes that form exactly one tree.</summary>
    /// <exception cref="ArgumentException">The nodes are no tree, or a coefficient is not finite.</exception>
    public Expression(ImmutableArray<Node> nodes)
    {
        if (nodes.IsDefaultOrEmpty)
        {
            throw new ArgumentException("An expression has at least one node.", nameof(nodes));
        }

        var open = 1;
        foreach (var node in nodes)
        {
            if (open == 0)
            {
                throw new ArgumentException("The nodes go on after the tree is complete.", nameof(nodes));
            }

            if (!double.IsFinite(node.Coefficient))
            {
                throw new ArgumentException($"The coefficient {node.Coefficient} is not finite.", nameof(nodes));
            }

            open += node.Arity - 1;
        }

        if (open != 0)
        {
            throw new ArgumentException("The tree lacks arguments.", nameof(nodes));
        }

        _nodes = nodes;
    }

    /// <summary>The nodes, root first.</summary>
    public ReadOnlySpan<Node> Nodes => _nodes.AsSpan();

    /// <summary>How many nodes there are.</summary>
    public int Count => _nodes.Length;

    /// <summary>The node at a position; 0 is the root.</summary>
    public Node this[int index] => _nodes[index];

    /// <summary>One coefficient per node, root first.</summary>
    public ImmutableArray<double> Weights => [.. _nodes.Select(n => n.Coefficient)];

    /// <summary>Whether a primitive occurs.</summary>
    public bool Uses(Primitive primitive)
    {
        foreach (var node in Nodes)
        {
            if (node.Primitive == primitive)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether it may serve as a loss: it contains both y and f.</summary>
    public bool IsLoss => Uses(Primitive.Y) && Uses(Primitive.F);

    /// <summary>The position after the last node of the subtree that begins at <paramref name="root"/>.</summary>
    public int SubtreeEnd(int root)
    {
        var open = 1;
        var i = root;
        while (open > 0)
        {
            open += _nodes[i++].Arity - 1;
        }

        return i;
    }

    /// <summary>Edges from the root to the deepest terminal; 0 for a lone terminal.</summary>
    public int Height
    {
        get
        {
            var heights = new Stack<int>(_nodes.Length);
            for (var i = _nodes.Length - 1; i >= 0; i--)
            {
                heights.Push(_nodes[i].Arity switch
                {
                    0 => 0,
                    1 => 1 + heights.Pop(),
                    _ => 1 + Math.Max(heights.Pop(), heights.Pop()),
                });
            }

            return heights.Pop();
        }
    }

    /// <summary>The same tree with other coefficients, one per node, root first.</summary>
    public Expression WithWeights(ReadOnlySpan<double> weights)
    {
        if (weights.Length != Count)
        {
            throw new ArgumentException($"{weights.Length} weights for {Count} nodes.", nameof(weights));
        }

        var nodes = ImmutableArray.CreateBuilder<Node>(Count);
        for (var i = 0; i < Count; i++)
        {
            nodes.Add(_nodes[i] with { Coefficient = weights[i] });
        }

        return new Expression(nodes.MoveToImmutable());
    }

    /// <inheritdoc/>
    public bool Equals(Expression? other) => other is not null && Nodes.SequenceEqual(other.Nodes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Expression);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var node in Nodes)
        {
            hash.Add(node);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<Node> GetEnumerator() => ((IEnumerable<Node>)_nodes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
