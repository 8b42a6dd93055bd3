using System.Numerics;

namespace LossActors.Expressions.Compilation;

/// <summary>
/// Derivatives with respect to a node's coefficient. With g the gradient of the node's output after its coefficient and o its output before it,
/// dℓ/dw = g·o, and d²ℓ/(df dw) = ġ·o + g·ȯ, dots being d/df.
/// </summary>
internal static class NodeSums
{
    public static T Gradient<T>(Block<T> block, int node, int point)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        At(block.Plan.Gradient(node), block, point) * At(block.Plan.Value(node), block, point);

    public static T Mixed<T>(Block<T> block, int node, int point)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var plan = block.Plan;
        var sum = block.GradientVaries(node) ? At(plan.GradientTangent(node), block, point) * At(plan.Value(node), block, point) : T.Zero;
        return block.DependsOnF(node) ? sum + (At(plan.Gradient(node), block, point) * At(plan.Tangent(node), block, point)) : sum;
    }

    public static double OfGradient<T>(Block<T> block, int node, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var g = block.Gradient(node);
        var o = block.Value(node);
        var sum = Vector<T>.Zero;
        var whole = count / Vector<T>.Count;
        for (var i = 0; i < whole; i++)
        {
            sum += g[i] * o[i];
        }

        var total = double.CreateChecked(Vector.Sum(sum));
        for (var i = whole * Vector<T>.Count; i < count; i++)
        {
            total += double.CreateChecked(Gradient(block, node, i));
        }

        return total;
    }

    public static double OfMixed<T>(Block<T> block, int node, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (varies, depends) = (block.GradientVaries(node), block.DependsOnF(node));
        if (!varies && !depends)
        {
            return 0.0;
        }

        var g = block.Gradient(node);
        var dG = block.GradientTangent(node);
        var o = block.Value(node);
        var dO = block.Tangent(node);
        var u = block.Get(Slot.U);
        var sum = Vector<T>.Zero;
        var whole = count / Vector<T>.Count;
        for (var i = 0; i < whole; i++)
        {
            var mixed = varies ? dG[i] * o[i] : Vector<T>.Zero;
            sum += u[i] * (depends ? mixed + (g[i] * dO[i]) : mixed);
        }

        var total = double.CreateChecked(Vector.Sum(sum));
        for (var i = whole * Vector<T>.Count; i < count; i++)
        {
            total += double.CreateChecked(block.Numbers(Slot.U)[i] * Mixed(block, node, i));
        }

        return total;
    }

    private static T At<T>(int slot, Block<T> block, int point)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => block.Numbers(slot)[point];
}
