using System.Numerics;

namespace LossActors.Learning.Training.Layers;

/// <summary>
/// An unpadded convolution of stride 1: z = b + w ∗ h, and from e = dL/dz: dL/dh = wᵀ ∗ e, dL/dw = e ⋆ h, dL/db = Σ e, as <see cref="ConvolutionProduct{T}"/>,
/// <see cref="TransposedConvolution{T}"/> and <see cref="ConvolutionCorrelation{T}"/> define them. Each is linear in both arguments, so tangents follow by the product rule:
/// dz = db + dw ∗ h + w ∗ dh, and of the gradients wᵀ ∗ de + dwᵀ ∗ e, de ⋆ h + e ⋆ dh, Σ de.
/// </summary>
internal sealed unsafe class ConvolutionRule<T> : ILayerRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Flow<T> _inputs;
    private readonly ConvolutionShape _shape;
    private readonly Parameter<T> _kernel;
    private readonly Parameter<T> _bias;
    private readonly ConvolutionProduct<T> _product;
    private readonly TransposedConvolution<T> _transposed;
    private readonly ConvolutionCorrelation<T> _correlation;
    private ConvolutionProduct<T>? _directionProduct;
    private TransposedConvolution<T>? _directionTransposed;

    public ConvolutionRule(Flow<T> inputs, int outputs, Parameter<T> kernel, Parameter<T> bias)
    {
        (_inputs, _kernel, _bias) = (inputs, kernel, bias);
        _shape = new ConvolutionShape(inputs.Shape, outputs, (int)kernel.Shape[^1]);
        Outputs = inputs.Next(_shape.Output, isData: false);
        _product = new ConvolutionProduct<T>(_shape, inputs.Lanes);
        _transposed = new TransposedConvolution<T>(_shape, inputs.Lanes);
        _correlation = new ConvolutionCorrelation<T>(_shape, inputs.Lanes);
    }

    /// <inheritdoc/>
    public Flow<T> Outputs { get; }

    /// <inheritdoc/>
    public int Blocks => _inputs.Blocks;

    private bool IsLast(int block) => block == Blocks - 1;

    /// <inheritdoc/>
    public void Forward(int block)
    {
        if (block == 0)
        {
            _product.Pack(_kernel.Weights, _bias.Weights);
        }

        _product.Apply(_inputs.Block(block), Outputs.Block(block), isSum: false);
    }

    /// <inheritdoc/>
    public void Backward(int block)
    {
        PassBack(block);
        _correlation.Add(Outputs.Gradient.Pointer, _inputs.Block(block), withBias: true);
        if (IsLast(block))
        {
            _correlation.Finish(_kernel.Gradient, _bias.Gradient);
        }
    }

    /// <inheritdoc/>
    public void Tangent(int block)
    {
        _directionProduct ??= new ConvolutionProduct<T>(_shape, _inputs.Lanes);
        if (block == 0)
        {
            _directionProduct.Pack(_kernel.Direction, _bias.Direction);
        }

        _directionProduct.Apply(_inputs.Block(block), Outputs.TangentBlock(block), isSum: false);
        if (!_inputs.IsData)
        {
            _product.Apply(_inputs.TangentBlock(block), Outputs.TangentBlock(block), isSum: true);
        }
    }

    /// <inheritdoc/>
    public void Curve(int block)
    {
        PassBack(block);
        var gradient = Outputs.Gradient.Pointer;
        var tangent = Outputs.GradientTangent.Pointer;
        _correlation.Add(tangent, _inputs.Block(block), withBias: true);
        if (!_inputs.IsData)
        {
            _directionTransposed ??= new TransposedConvolution<T>(_shape, _inputs.Lanes);
            if (block == 0)
            {
                _directionTransposed.Pack(_kernel.Direction);
            }

            _transposed.Apply(tangent, _inputs.GradientTangent.Pointer, isSum: false);
            _directionTransposed.Apply(gradient, _inputs.GradientTangent.Pointer, isSum: true);
            _correlation.Add(gradient, _inputs.TangentBlock(block), withBias: false);
        }

        if (IsLast(block))
        {
            _correlation.Finish(_kernel.GradientTangent, _bias.GradientTangent);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Outputs.Dispose();
        _product.Dispose();
        _transposed.Dispose();
        _correlation.Dispose();
        _directionProduct?.Dispose();
        _directionTransposed?.Dispose();
    }

    private void PassBack(int block)
    {
        if (block == 0)
        {
            _transposed.Pack(_kernel.Weights);
            _correlation.Clear();
        }

        if (!_inputs.IsData)
        {
            _transposed.Apply(Outputs.Gradient.Pointer, _inputs.Gradient.Pointer, isSum: false);
        }
    }
}
