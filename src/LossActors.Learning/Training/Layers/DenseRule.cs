using System.Numerics;
using static TorchSharp.torch;

namespace LossActors.Learning.Training.Layers;

/// <summary>
/// A fully connected layer on the matrix h [in, instance], its products by libtorch: z = b + W h; from e = dL/dz: dL/dh = Wᵀ e, dL/dW = e hᵀ, dL/db = Σ e;
/// tangents dz = db + dW h + W dh, and of the gradients Wᵀ de + dWᵀ e, de hᵀ + e dhᵀ, Σ de.
/// </summary>
internal sealed class DenseRule<T> : ILayerRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Flow<T> _inputs;
    private readonly Parameter<T> _weight;
    private readonly Parameter<T> _bias;
    private readonly Tensor _matrix;
    private readonly Tensor _matrixTransposed;
    private readonly Tensor _matrixGradient;
    private readonly Tensor _valuesTransposed;
    private Tensor? _direction;
    private Tensor? _gradientTangent;

    public DenseRule(Flow<T> inputs, Parameter<T> weight, Parameter<T> bias)
    {
        (_inputs, _weight, _bias) = (inputs, weight, bias);
        Outputs = inputs.Next(new FlowShape(bias.Size, 1, 1), isData: false);
        _matrix = weight.View(weight.All.Weights);
        _matrixTransposed = _matrix.t().DetachFromDisposeScope();
        _matrixGradient = weight.View(weight.All.Gradient);
        _valuesTransposed = inputs.Values.Tensor.t().DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public Flow<T> Outputs { get; }

    /// <inheritdoc/>
    public int Blocks => 1;

    /// <inheritdoc/>
    public void Forward(int block)
    {
        Fill(Outputs.Values.Span, _bias.Weights);
        Outputs.Values.Tensor.addmm_(_matrix, _inputs.Values.Tensor);
    }

    /// <inheritdoc/>
    public void Backward(int block)
    {
        // With beta = 0 what the buffer held is ignored, NaN included.
        _matrixGradient.addmm_(Outputs.Gradient.Tensor, _valuesTransposed, 0, 1);
        SumRows(Outputs.Gradient.Span, _bias.Gradient);
        PassBack();
    }

    /// <inheritdoc/>
    public void Tangent(int block)
    {
        _direction ??= _weight.View(_weight.All.Direction);
        var tangents = Outputs.Tangents.Tensor;
        Fill(Outputs.Tangents.Span, _bias.Direction);
        tangents.addmm_(_direction, _inputs.Values.Tensor);
        if (!_inputs.IsData)
        {
            tangents.addmm_(_matrix, _inputs.Tangents.Tensor);
        }
    }

    /// <inheritdoc/>
    public void Curve(int block)
    {
        _direction ??= _weight.View(_weight.All.Direction);
        _gradientTangent ??= _weight.View(_weight.All.GradientTangent);
        var (gradient, tangent) = (Outputs.Gradient.Tensor, Outputs.GradientTangent.Tensor);
        _gradientTangent.addmm_(tangent, _valuesTransposed, 0, 1);
        SumRows(Outputs.GradientTangent.Span, _bias.GradientTangent);
        if (!_inputs.IsData)
        {
            _gradientTangent.addmm_(gradient, _inputs.Tangents.Tensor.t());
            _inputs.GradientTangent.Tensor.addmm_(_matrixTransposed, tangent, 0, 1);
            _inputs.GradientTangent.Tensor.addmm_(_direction.t(), gradient);
        }

        PassBack();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var view in (Tensor?[])[_matrix, _matrixTransposed, _matrixGradient, _valuesTransposed, _direction, _gradientTangent])
        {
            view?.Dispose();
        }

        Outputs.Dispose();
    }

    private void PassBack()
    {
        if (!_inputs.IsData)
        {
            _inputs.Gradient.Tensor.addmm_(_matrixTransposed, Outputs.Gradient.Tensor, 0, 1);
        }
    }

    private void Fill(Span<T> rows, ReadOnlySpan<T> bias)
    {
        for (var output = 0; output < bias.Length; output++)
        {
            rows.Slice(output * Outputs.Lanes, Outputs.Lanes).Fill(bias[output]);
        }
    }

    private void SumRows(ReadOnlySpan<T> rows, Span<T> sums)
    {
        for (var output = 0; output < sums.Length; output++)
        {
            var row = rows.Slice(output * Outputs.Lanes, Outputs.Lanes);
            var sum = Vector<T>.Zero;
            for (var i = 0; i < row.Length; i += Vector<T>.Count)
            {
                sum += new Vector<T>(row[i..]);
            }

            sums[output] = Vector.Sum(sum);
        }
    }
}
