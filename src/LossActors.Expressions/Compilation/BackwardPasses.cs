using System.Numerics;
using LossActors.Expressions.Compilation.Rules;

namespace LossActors.Expressions.Compilation;

/// <summary>Gradients of the loss, from the root to the terminals: to those arguments that depend on f, or to all.</summary>
internal readonly ref struct GradientPass<T>(Block<T> block, bool toAll) : IPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Block<T> _block = block;

    public void Unary<TRule>(int node, NodePlan plan)
        where TRule : struct, IUnaryRule<T>
    {
        var gradient = _block.Gradient(plan.Left);
        var g = _block.InnerGradient(node);
        var o = _block.Value(node);
        var a = _block.Output(plan.Left);
        for (var i = 0; i < gradient.Length; i++)
        {
            gradient[i] = TRule.Pull(g[i], a[i], o[i]);
        }
    }

    public void Binary<TRule>(int node, NodePlan plan)
        where TRule : struct, IBinaryRule<T>
    {
        var g = _block.InnerGradient(node);
        var a = _block.Output(plan.Left);
        var b = _block.Output(plan.Right);
        if (toAll || _block.DependsOnF(plan.Left))
        {
            var gradient = _block.Gradient(plan.Left);
            for (var i = 0; i < gradient.Length; i++)
            {
                gradient[i] = TRule.PullLeft(g[i], a[i], b[i]);
            }
        }

        if (toAll || _block.DependsOnF(plan.Right))
        {
            var gradient = _block.Gradient(plan.Right);
            for (var i = 0; i < gradient.Length; i++)
            {
                gradient[i] = TRule.PullRight(g[i], a[i], b[i]);
            }
        }
    }
}

/// <summary>
/// d/df of the gradients, from the root to the terminals: the pull of the gradient's own tangent, and the gradient times the tangent of the slope. Parts known to be 0 are not
/// computed at all, lest 0·∞ make a NaN that double backward would not.
/// </summary>
internal readonly ref struct GradientTangentPass<T>(Block<T> block) : IPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Block<T> _block = block;

    public void Unary<TRule>(int node, NodePlan plan)
        where TRule : struct, IUnaryRule<T>
    {
        if (!_block.GradientVaries(plan.Left))
        {
            return;
        }

        var tangent = _block.GradientTangent(plan.Left);
        var g = _block.InnerGradient(node);
        var dG = _block.InnerGradientTangent(node);
        var o = _block.Value(node);
        var a = _block.Output(plan.Left);
        var dA = _block.OutputTangent(plan.Left);
        var pull = _block.GradientVaries(node);
        var bend = TRule.IsCurved && _block.DependsOnF(plan.Left);
        for (var i = 0; i < tangent.Length; i++)
        {
            var sum = pull ? TRule.Pull(dG[i], a[i], o[i]) : Vector<T>.Zero;
            tangent[i] = bend ? sum + TRule.Bend(g[i] * dA[i], a[i], o[i]) : sum;
        }
    }

    public void Binary<TRule>(int node, NodePlan plan)
        where TRule : struct, IBinaryRule<T>
    {
        var g = _block.InnerGradient(node);
        var dG = _block.InnerGradientTangent(node);
        var a = _block.Output(plan.Left);
        var b = _block.Output(plan.Right);
        var dA = _block.OutputTangent(plan.Left);
        var dB = _block.OutputTangent(plan.Right);
        var pull = _block.GradientVaries(node);
        var left = _block.DependsOnF(plan.Left);
        var right = _block.DependsOnF(plan.Right);
        if (_block.GradientVaries(plan.Left))
        {
            var tangent = _block.GradientTangent(plan.Left);
            for (var i = 0; i < tangent.Length; i++)
            {
                var sum = pull ? TRule.PullLeft(dG[i], a[i], b[i]) : Vector<T>.Zero;
                tangent[i] = TRule.IsCrossed && right ? sum + TRule.Cross(g[i] * dB[i], a[i], b[i]) : sum;
            }
        }

        if (_block.GradientVaries(plan.Right))
        {
            var tangent = _block.GradientTangent(plan.Right);
            for (var i = 0; i < tangent.Length; i++)
            {
                var sum = pull ? TRule.PullRight(dG[i], a[i], b[i]) : Vector<T>.Zero;
                sum = TRule.IsCrossed && left ? sum + TRule.Cross(g[i] * dA[i], a[i], b[i]) : sum;
                tangent[i] = TRule.IsCurved && right ? sum + TRule.Bend(g[i] * dB[i], a[i], b[i]) : sum;
            }
        }
    }
}
