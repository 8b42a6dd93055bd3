using System.Numerics;
using LossActors.Learning.Training;
using static TorchSharp.torch;

namespace LossActors.Learning.Refinement;

/// <summary>Writes every member's W′ out, and V in its place: for layers with fewer units than a batch has instances.</summary>
/// <param name="shape">How large.</param>
/// <param name="shared">The network before the step, after its forward pass.</param>
/// <param name="layer">Which of its layers.</param>
/// <param name="innerDeltas">Δ.</param>
/// <param name="keep">c.</param>
internal sealed class ExplicitStep<T>(DenseStepShape shape, DenseBackpropagation<T> shared, int layer, MemberRows<T> innerDeltas, T keep) : IDenseStep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // [member, out, in], whose rows are those of all members.
    private readonly MemberRows<T> _weights = new(shape.Members, shape.Outputs, shape.Inputs, sideBySide: false);

    /// <inheritdoc/>
    public void Forward(Tensor inputs, MemberRows<T> outputs)
    {
        DenseProducts.Multiply(_weights.Rows, innerDeltas.Transposed, shared.Inputs(layer));
        var start = shared.Layers.Weights(layer);
        for (var first = 0; first < _weights.Span.Length; first += start.Length)
        {
            DenseDerivatives.AddScaled(keep, start, _weights.Span.Slice(first, start.Length));
        }

        if (shape.IsFirst)
        {
            using var transposed = _weights.Rows.t();
            DenseProducts.Multiply(outputs.Tensor, inputs, transposed);
        }
        else
        {
            DenseProducts.Multiply(outputs.Tensor, inputs, _weights.Transposed);
        }
    }

    /// <inheritdoc/>
    public void Backward(MemberRows<T> deltas, MemberRows<T> below) => DenseProducts.Multiply(below.ByMember, deltas.Tensor, _weights.Tensor);

    /// <inheritdoc/>
    public void AddTangent(Tensor inputs, MemberRows<T> deltas, MemberRows<T> tangents)
    {
        DenseProducts.Multiply(shape.IsFirst ? _weights.Rows : _weights.Tensor, deltas.Transposed, inputs);
        using var transposed = _weights.Rows.t();
        DenseProducts.Multiply(tangents.Tensor, shared.Inputs(layer), transposed, add: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _weights.Dispose();
}
