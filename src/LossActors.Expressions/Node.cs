namespace LossActors.Expressions;

/// <summary>One node of an expression: what it computes and the factor its output carries.</summary>
/// <param name="Primitive">The function or terminal.</param>
/// <param name="Coefficient">
/// Multiplies the node's output (the paper's edge weight φ). 1 until refined. On the root it is a fixed scale:
/// it multiplies the value, and no derivative is ever taken with respect to it.
/// </param>
public readonly record struct Node(Primitive Primitive, double Coefficient = 1.0)
{
    /// <summary>How many arguments the node takes.</summary>
    public int Arity => Primitive.Arity();
}
