using LossActors.Learning.Training;
using TorchSharp;

namespace LossActors.Learning.Refinement;

/// <summary>
/// A dense layer of every member after one step of SGD from shared weights: W′ = c W + Δᵀ h, where h [inner batch, in] is what the layer saw before the step and Δ [inner batch,
/// member, out] −a times the gradient in its outputs; and the gradient V = δᵀ h′ in W′ on the outer batch, whose inputs are h′. Biases are not its business.
/// </summary>
internal interface IDenseStep<T> : IDisposable
    where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
{
    /// <summary>outputs = h′ W′ᵀ; begins anew with the present h and Δ.</summary>
    /// <param name="inputs">h′: the first layer's [outer batch, in], else [member, outer batch, in].</param>
    /// <param name="outputs">[outer batch, member, out].</param>
    void Forward(torch.Tensor inputs, MemberRows<T> outputs);

    /// <summary>below = δ W′; not for the first layer.</summary>
    /// <param name="deltas">δ, [outer batch, member, out].</param>
    /// <param name="below">[outer batch, member, in].</param>
    void Backward(MemberRows<T> deltas, MemberRows<T> below);

    /// <summary>tangents += h Vᵀ; the last of the three, W′ is gone after it.</summary>
    /// <param name="inputs">h′.</param>
    /// <param name="deltas">δ.</param>
    /// <param name="tangents">[inner batch, member, out].</param>
    void AddTangent(torch.Tensor inputs, MemberRows<T> deltas, MemberRows<T> tangents);
}
