using System.Numerics;
using LossActors.Expressions.Compilation.Rules;

namespace LossActors.Expressions.Compilation;

/// <summary>One sweep over a block: what to do at a node, whatever its function.</summary>
internal interface IPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    void Unary<TRule>(int node, NodePlan plan)
        where TRule : struct, IUnaryRule<T>;

    void Binary<TRule>(int node, NodePlan plan)
        where TRule : struct, IBinaryRule<T>;
}

/// <summary>The one place that maps primitives to rules. The compiler makes a loop of its own for every pair of pass and rule, so a choice is made per block, not per point.</summary>
internal static class Pass
{
    public static void Visit<T, TPass>(this TPass pass, int node, NodePlan plan)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TPass : IPass<T>, allows ref struct
    {
        switch (plan.Function)
        {
            case Primitive.Add: pass.Binary<AddRule<T>>(node, plan); break;
            case Primitive.Sub: pass.Binary<SubRule<T>>(node, plan); break;
            case Primitive.Mul: pass.Binary<MulRule<T>>(node, plan); break;
            case Primitive.Min: pass.Binary<MinRule<T>>(node, plan); break;
            case Primitive.Max: pass.Binary<MaxRule<T>>(node, plan); break;
            case Primitive.Div: pass.Binary<DivRule<T>>(node, plan); break;
            case Primitive.Sign: pass.Unary<SignRule<T>>(node, plan); break;
            case Primitive.Square: pass.Unary<SquareRule<T>>(node, plan); break;
            case Primitive.Abs: pass.Unary<AbsRule<T>>(node, plan); break;
            case Primitive.Tanh: pass.Unary<TanhRule<T>>(node, plan); break;
            case Primitive.Log: pass.Unary<LogRule<T>>(node, plan); break;
            case Primitive.Sqrt: pass.Unary<SqrtRule<T>>(node, plan); break;
        }
    }
}
