using System.Numerics;
using LossActors.Learning.Networks;

namespace LossActors.Learning.Training.Layers;

/// <summary>
/// A function of each entry, in place: its derivatives can be written in its outputs. tanh: dh = (1 − h²) dz; relu: dh = [h > 0] dz, and backward the same factors.
/// Only tanh bends: with g = dL/dh, the tangent of dL/dz is (1 − h²) dg − 2 h dh g.
/// </summary>
internal sealed unsafe class ActivationRule<T>(Flow<T> flow, Activation function) : ILayerRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public Flow<T> Outputs => flow;

    /// <inheritdoc/>
    public int Blocks => flow.Blocks;

    /// <inheritdoc/>
    public void Forward(int block)
    {
        var values = flow.Block(block);
        var (isTanh, count) = (function == Activation.Tanh, flow.BlockSize);
        for (var i = 0; i < count; i += Vector<T>.Count)
        {
            var z = Vector.Load(values + i);

            // Not a maximum: NaN has to pass.
            (isTanh ? Lane.Tanh(z) : Vector.ConditionalSelect(Vector.LessThan(z, Vector<T>.Zero), Vector<T>.Zero, z)).Store(values + i);
        }
    }

    /// <inheritdoc/>
    public void Backward(int block)
    {
        if (!flow.IsData)
        {
            MultiplyByDerivative(flow.Block(block), flow.Gradient.Pointer);
        }
    }

    /// <inheritdoc/>
    public void Tangent(int block)
    {
        if (!flow.IsData)
        {
            MultiplyByDerivative(flow.Block(block), flow.TangentBlock(block));
        }
    }

    /// <inheritdoc/>
    public void Curve(int block)
    {
        if (flow.IsData)
        {
            return;
        }

        if (function == Activation.Tanh)
        {
            CurveTanh(flow.Block(block), flow.TangentBlock(block), flow.Gradient.Pointer, flow.GradientTangent.Pointer, flow.BlockSize);
        }
        else
        {
            MultiplyByDerivative(flow.Block(block), flow.GradientTangent.Pointer);
            MultiplyByDerivative(flow.Block(block), flow.Gradient.Pointer);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The flow belongs to the layer before.
    }

    private static void CurveTanh(T* outputs, T* tangents, T* gradients, T* gradientTangents, int count)
    {
        for (var i = 0; i < count; i += Vector<T>.Count)
        {
            var (h, e) = (Vector.Load(outputs + i), Vector.Load(gradients + i));
            var slope = Vector<T>.One - (h * h);
            ((Vector.Load(gradientTangents + i) * slope) - ((h + h) * Vector.Load(tangents + i) * e)).Store(gradientTangents + i);
            (e * slope).Store(gradients + i);
        }
    }

    private void MultiplyByDerivative(T* outputs, T* values)
    {
        var (isTanh, count) = (function == Activation.Tanh, flow.BlockSize);
        for (var i = 0; i < count; i += Vector<T>.Count)
        {
            var h = Vector.Load(outputs + i);
            var d = Vector.Load(values + i);
            (isTanh
                ? d * (Vector<T>.One - (h * h))
                : Vector.ConditionalSelect(Vector.LessThanOrEqual(h, Vector<T>.Zero), Vector<T>.Zero, d)).Store(values + i);
        }
    }
}
