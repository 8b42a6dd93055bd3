using System.Numerics;
using LossActors.Learning.Training;
using static TorchSharp.torch;

namespace LossActors.Learning.Refinement;

/// <summary>
/// Never writes W′ or V out, which have no more rank beyond W than a batch has instances. With the inner products K = h′ hᵀ of what the layer sees after and before the step,
/// h′ W′ᵀ = c h′ Wᵀ + K Δ, δ W′ = c δ W + (δ Δᵀ) h, and h Vᵀ = Kᵀ δ. For layers wider than a batch that is less arithmetic, and no memory traffic for weights;
/// in the first layer h′ Wᵀ and K are the same for all members.
/// </summary>
/// <param name="shape">How large.</param>
/// <param name="shared">The network before the step, after its forward pass.</param>
/// <param name="layer">Which of its layers.</param>
/// <param name="innerDeltas">Δ.</param>
/// <param name="keep">c.</param>
internal sealed class LowRankStep<T>(DenseStepShape shape, DenseBackpropagation<T> shared, int layer, MemberRows<T> innerDeltas, T keep) : IDenseStep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // K, [outer batch, inner batch] per member or once.
    private readonly MemberRows<T> _products = new(shape.IsFirst ? 1 : shape.Members, shape.OuterBatch, shape.InnerBatch, sideBySide: false);

    // First layer: h′ Wᵀ. Others: δ Δᵀ.
    private readonly MemberRows<T> _work = shape.IsFirst
        ? new(1, shape.OuterBatch, shape.Outputs, sideBySide: true)
        : new(shape.Members, shape.OuterBatch, shape.InnerBatch, sideBySide: false);

    /// <inheritdoc/>
    public void Forward(Tensor inputs, MemberRows<T> outputs)
    {
        if (shape.IsFirst)
        {
            using var transposed = shared.Inputs(layer).t();
            DenseProducts.Multiply(_products.Tensor, inputs, transposed);
            DenseProducts.Multiply(_work.Tensor, inputs, shared.Layers.Transposed(layer));
            DenseDerivatives.Scale(keep, _work.Span);
            for (var row = 0; row < shape.OuterBatch; row++)
            {
                for (var member = 0; member < shape.Members; member++)
                {
                    _work.Row(0, row).CopyTo(outputs.Row(member, row));
                }
            }

            DenseProducts.Multiply(outputs.Tensor, _products.Tensor, innerDeltas.Tensor, add: true);
            return;
        }

        using var scope = NewDisposeScope();
        DenseProducts.Multiply(outputs.Tensor, inputs, ForEach(shared.Layers.Transposed(layer)));
        DenseDerivatives.Scale(keep, outputs.Span);
        DenseProducts.Multiply(_products.Tensor, inputs, ForEach(shared.Inputs(layer).t()));
        DenseProducts.Multiply(outputs.Tensor, _products.Tensor, innerDeltas.ByMember, add: true);
    }

    /// <inheritdoc/>
    public void Backward(MemberRows<T> deltas, MemberRows<T> below)
    {
        using var scope = NewDisposeScope();
        DenseProducts.Multiply(below.ByMember, deltas.Tensor, ForEach(shared.Layers.Matrix(layer)));
        DenseDerivatives.Scale(keep, below.Span);
        DenseProducts.Multiply(_work.Tensor, deltas.Tensor, innerDeltas.MemberTransposed);
        DenseProducts.Multiply(below.ByMember, _work.Tensor, ForEach(shared.Inputs(layer)), add: true);
    }

    /// <inheritdoc/>
    public void AddTangent(Tensor inputs, MemberRows<T> deltas, MemberRows<T> tangents)
    {
        if (shape.IsFirst)
        {
            DenseProducts.Multiply(tangents.Tensor, _products.Transposed, deltas.Tensor, add: true);
        }
        else
        {
            DenseProducts.Multiply(tangents.ByMember, _products.Transposed, deltas.Tensor, add: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _products.Dispose();
        _work.Dispose();
    }

    // The same matrix for every member.
    private Tensor ForEach(Tensor matrix) => shape.Members == 1 ? matrix : matrix.unsqueeze(0).expand(shape.Members, -1, -1);
}
