namespace LossActors.Expressions.Compilation;

/// <summary>What is known of a node before any point is seen.</summary>
/// <param name="Function">What it computes.</param>
/// <param name="Left">Its first argument's node, if any.</param>
/// <param name="Right">Its second argument's node, if any.</param>
/// <param name="DependsOnF">Whether its value varies with f.</param>
/// <param name="GradientVaries">Whether dℓ/d(node) varies with f.</param>
internal readonly record struct NodePlan(Primitive Function, int Left, int Right, bool DependsOnF, bool GradientVaries);

/// <summary>An expression's nodes, and the slots in which a block holds their values, gradients, and the tangents (derivatives with respect to f) of both.</summary>
internal sealed class Plan
{
    private readonly int[] _ordinal;
    private readonly int _functions;

    public Plan(Expression expression)
    {
        Nodes = new NodePlan[expression.Count];
        _ordinal = new int[expression.Count];
        for (var i = expression.Count - 1; i >= 0; i--)
        {
            var node = expression[i];
            var left = node.Arity > 0 ? i + 1 : -1;
            var right = node.Arity > 1 ? expression.SubtreeEnd(left) : -1;
            _ordinal[i] = node.Arity > 0 ? _functions++ : -1;
            Nodes[i] = new(node.Primitive, left, right, node.Primitive == Primitive.F || Depends(left) || Depends(right), GradientVaries: false);
        }

        for (var i = 0; i < Count; i++)
        {
            Mark(i);
        }
    }

    public NodePlan[] Nodes { get; }

    public int Count => Nodes.Length;

    /// <summary>Slots that values need; values and gradients; these and their tangents.</summary>
    public (int Values, int Gradients, int Tangents) Slots =>
        (Slot.FirstOwn + _functions, Slot.FirstOwn + _functions + Count, Slot.FirstOwn + (2 * _functions) + (2 * Count));

    /// <summary>The node's output before its coefficient.</summary>
    public int Value(int node) => Nodes[node].Function switch
    {
        Primitive.Y => Slot.Y,
        Primitive.F => Slot.F,
        Primitive.One => Slot.One,
        Primitive.MinusOne => Slot.MinusOne,
        _ => Slot.FirstOwn + _ordinal[node],
    };

    /// <summary>dℓ/d(the node's output after its coefficient).</summary>
    public int Gradient(int node) => Slot.FirstOwn + _functions + node;

    /// <summary>d/df of <see cref="Value"/>.</summary>
    public int Tangent(int node) =>
        !Nodes[node].DependsOnF ? Slot.Zero
        : Nodes[node].Function == Primitive.F ? Slot.One
        : Slots.Gradients + _ordinal[node];

    /// <summary>d/df of <see cref="Gradient"/>.</summary>
    public int GradientTangent(int node) => Nodes[node].GradientVaries ? Slots.Gradients + _functions + node : Slot.Zero;

    private bool Depends(int node) => node >= 0 && Nodes[node].DependsOnF;

    // A gradient varies below one that does, and below a function whose slope does.
    private void Mark(int i)
    {
        var (function, left, right, _, varies) = Nodes[i];
        var (leftSlope, rightSlope) = function switch
        {
            Primitive.Mul => (Depends(right), Depends(left)),
            Primitive.Div => (Depends(right), Depends(left) || Depends(right)),
            Primitive.Square or Primitive.Tanh or Primitive.Log or Primitive.Sqrt => (Depends(left), false),
            _ => (false, false),
        };
        if (left >= 0)
        {
            Nodes[left] = Nodes[left] with { GradientVaries = function != Primitive.Sign && (varies || leftSlope) };
        }

        if (right >= 0)
        {
            Nodes[right] = Nodes[right] with { GradientVaries = varies || rightSlope };
        }
    }
}
