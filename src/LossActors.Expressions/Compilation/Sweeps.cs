using System.Numerics;

namespace LossActors.Expressions.Compilation;

/// <summary>The order in which passes visit the nodes of a block.</summary>
internal static class Sweeps
{
    public static void Values<T>(this Block<T> block)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var pass = new ValuePass<T>(block);
        for (var i = block.Plan.Count - 1; i >= 0; i--)
        {
            pass.Visit<T, ValuePass<T>>(i, block.Plan.Nodes[i]);
        }
    }

    public static void Gradients<T>(this Block<T> block, bool toAll)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        block.Gradient(0).Fill(Vector<T>.One);
        var pass = new GradientPass<T>(block, toAll);
        for (var i = 0; i < block.Plan.Count; i++)
        {
            if (toAll || block.DependsOnF(i))
            {
                pass.Visit<T, GradientPass<T>>(i, block.Plan.Nodes[i]);
            }
        }
    }

    public static void Tangents<T>(this Block<T> block)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var forward = new TangentPass<T>(block);
        for (var i = block.Plan.Count - 1; i >= 0; i--)
        {
            if (block.DependsOnF(i))
            {
                forward.Visit<T, TangentPass<T>>(i, block.Plan.Nodes[i]);
            }
        }

        var backward = new GradientTangentPass<T>(block);
        for (var i = 0; i < block.Plan.Count; i++)
        {
            backward.Visit<T, GradientTangentPass<T>>(i, block.Plan.Nodes[i]);
        }
    }

    /// <summary>The root's value, its coefficient included, into <see cref="Slot.Result"/>.</summary>
    public static ReadOnlySpan<T> Loss<T>(this Block<T> block)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var result = block.Get(Slot.Result);
        var root = block.Output(0);
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = root[i];
        }

        return block.Numbers(Slot.Result);
    }

    /// <summary>dℓ/df: the gradients of all terminals f, into <see cref="Slot.Result"/>.</summary>
    public static ReadOnlySpan<T> Slope<T>(this Block<T> block)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        block.Get(Slot.Result).Clear();
        for (var node = 0; node < block.Plan.Count; node++)
        {
            if (block.Plan.Nodes[node].Function == Primitive.F)
            {
                AddToResult(block, block.InnerGradient(node));
            }
        }

        return block.Numbers(Slot.Result);
    }

    /// <summary>d²ℓ/df²: how the gradients of all terminals f change with f, into <see cref="Slot.Result"/>.</summary>
    public static ReadOnlySpan<T> Curvature<T>(this Block<T> block)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        block.Get(Slot.Result).Clear();
        for (var node = 0; node < block.Plan.Count; node++)
        {
            if (block.Plan.Nodes[node].Function == Primitive.F && block.GradientVaries(node))
            {
                AddToResult(block, block.InnerGradientTangent(node));
            }
        }

        return block.Numbers(Slot.Result);
    }

    private static void AddToResult<T>(Block<T> block, Scaled<T> terms)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var result = block.Get(Slot.Result);
        for (var i = 0; i < result.Length; i++)
        {
            result[i] += terms[i];
        }
    }
}
