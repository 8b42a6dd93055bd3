using System.Numerics;
using LossActors.Expressions.Compilation.Rules;

namespace LossActors.Expressions.Compilation;

/// <summary>Values, from the terminals to the root.</summary>
internal readonly ref struct ValuePass<T>(Block<T> block) : IPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Block<T> _block = block;

    public void Unary<TRule>(int node, NodePlan plan)
        where TRule : struct, IUnaryRule<T>
    {
        var o = _block.Value(node);
        var a = _block.Output(plan.Left);
        for (var i = 0; i < o.Length; i++)
        {
            o[i] = TRule.Value(a[i]);
        }
    }

    public void Binary<TRule>(int node, NodePlan plan)
        where TRule : struct, IBinaryRule<T>
    {
        var o = _block.Value(node);
        var a = _block.Output(plan.Left);
        var b = _block.Output(plan.Right);
        for (var i = 0; i < o.Length; i++)
        {
            o[i] = TRule.Value(a[i], b[i]);
        }
    }
}

/// <summary>d/df of the values, from the terminals to the root; only visits nodes that depend on f.</summary>
internal readonly ref struct TangentPass<T>(Block<T> block) : IPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Block<T> _block = block;

    public void Unary<TRule>(int node, NodePlan plan)
        where TRule : struct, IUnaryRule<T>
    {
        var tangent = _block.Tangent(node);
        var o = _block.Value(node);
        var a = _block.Output(plan.Left);
        var dA = _block.OutputTangent(plan.Left);
        for (var i = 0; i < tangent.Length; i++)
        {
            tangent[i] = TRule.Pull(dA[i], a[i], o[i]);
        }
    }

    public void Binary<TRule>(int node, NodePlan plan)
        where TRule : struct, IBinaryRule<T>
    {
        var tangent = _block.Tangent(node);
        var a = _block.Output(plan.Left);
        var b = _block.Output(plan.Right);
        var dA = _block.OutputTangent(plan.Left);
        var dB = _block.OutputTangent(plan.Right);
        var left = _block.DependsOnF(plan.Left);
        var right = _block.DependsOnF(plan.Right);
        for (var i = 0; i < tangent.Length; i++)
        {
            var sum = left ? TRule.PullLeft(dA[i], a[i], b[i]) : Vector<T>.Zero;
            tangent[i] = right ? sum + TRule.PullRight(dB[i], a[i], b[i]) : sum;
        }
    }
}
