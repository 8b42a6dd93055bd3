using System.Numerics;
using static TorchSharp.torch;

namespace LossActors.Learning.Training.Layers;

/// <summary>
/// A fully connected layer on the matrix h [in, instance], its products by libtorch: z = b + W h; from e = dL/dz: dL/dh = Wᵀ e, dL/dW = e hᵀ, dL/db = Σ e;
/// tangent dz = db + dW h + W dh.
/// </summary>
internal sealed class DenseRule<T> : ILayerRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Flow<T> _inputs;
    private readonly Parameter<T> _bias;
    private readonly Parameter<T> _weight;
    private readonly Tensor[] _views;
    private readonly (Tensor Matrix, Tensor Transposed, Tensor Gradient) _weights;
    private readonly (Tensor Matrix, Tensor Transposed) _values;
    private readonly Tensor _outputs;
    private Tensor? _direction;

    public DenseRule(Flow<T> inputs, Parameter<T> weight, Parameter<T> bias)
    {
        (_inputs, _weight, _bias) = (inputs, weight, bias);
        Outputs = new Flow<T>(new FlowShape(bias.Size, 1, 1), 1, inputs.Lanes, isData: false);
        var matrix = weight.View(weight.All.Weights);
        var values = inputs.Values.View(0, [inputs.Shape.Size, inputs.Lanes]);
        _weights = (matrix, matrix.t().DetachFromDisposeScope(), weight.View(weight.All.Gradient));
        _values = (values, values.t().DetachFromDisposeScope());
        _outputs = Outputs.Values.View(0, [bias.Size, inputs.Lanes]);
        _views = [matrix, _weights.Transposed, _weights.Gradient, values, _values.Transposed, _outputs];
    }

    /// <inheritdoc/>
    public Flow<T> Outputs { get; }

    /// <inheritdoc/>
    public int Blocks => 1;

    /// <inheritdoc/>
    public void Forward(int block)
    {
        Fill(Outputs.Values.Span, _bias.Weights);
        _outputs.addmm_(_weights.Matrix, _values.Matrix);
    }

    /// <inheritdoc/>
    public void Backward(int block)
    {
        // With beta = 0 what the buffer held is ignored, NaN included.
        _weights.Gradient.addmm_(Outputs.Gradient.Tensor, _values.Transposed, 0, 1);
        if (!_inputs.IsData)
        {
            _inputs.Gradient.Tensor.addmm_(_weights.Transposed, Outputs.Gradient.Tensor, 0, 1);
        }

        for (var output = 0; output < _bias.Size; output++)
        {
            _bias.Gradient[output] = Sum(Outputs.Gradient.Span.Slice(output * Outputs.Lanes, Outputs.Lanes));
        }
    }

    /// <inheritdoc/>
    public void Tangent(int block)
    {
        _direction ??= _weight.View(_weight.All.Direction);
        Fill(Outputs.Tangent.Span, _bias.Direction);
        Outputs.Tangent.Tensor.addmm_(_direction, _values.Matrix);
        if (!_inputs.IsData)
        {
            Outputs.Tangent.Tensor.addmm_(_weights.Matrix, _inputs.Tangent.Tensor);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var view in _views)
        {
            view.Dispose();
        }

        _direction?.Dispose();
        Outputs.Dispose();
    }

    private void Fill(Span<T> rows, ReadOnlySpan<T> bias)
    {
        for (var output = 0; output < bias.Length; output++)
        {
            rows.Slice(output * Outputs.Lanes, Outputs.Lanes).Fill(bias[output]);
        }
    }

    private static T Sum(ReadOnlySpan<T> row)
    {
        var sum = Vector<T>.Zero;
        for (var i = 0; i < row.Length; i += Vector<T>.Count)
        {
            sum += new Vector<T>(row[i..]);
        }

        return Vector.Sum(sum);
    }
}
