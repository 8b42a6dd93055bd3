using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>Products of every member's matrices, into memory that is there.</summary>
internal static class DenseProducts
{
    /// <summary>target = left × right, or target += left × right.</summary>
    /// <param name="target">[rows, columns], or for several members [member, rows, columns]; so are the others.</param>
    /// <param name="left">[.., rows, inner].</param>
    /// <param name="right">[.., inner, columns].</param>
    /// <param name="add">Whether what is there stays; if not it is ignored, NaN included.</param>
    public static void Multiply(Tensor target, Tensor left, Tensor right, bool add = false)
    {
        if (target.dim() == 2)
        {
            target.addmm_(left, right, add ? 1 : 0, 1);
            return;
        }

        // TorchSharp has no batched product into given memory.
        using var product = left.bmm(right);
        _ = add ? target.add_(product) : target.copy_(product);
    }
}
