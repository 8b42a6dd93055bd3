using System.Numerics;
using LossActors.Expressions;
using LossActors.Expressions.Compilation;

namespace LossActors.Learning.Refinement;

/// <summary>An expression, compiled. The root's coefficient is a scale, not a parameter: its derivative is 0.</summary>
internal sealed class SymbolicInnerLoss<T>(Expression expression) : IInnerLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LossKernel _kernel = LossKernel.Compile(expression);
    private readonly T[] _weights = new T[expression.Count];
    private readonly double[] _sumDw = new double[expression.Count];
    private readonly double[] _sumD2Fw = new double[expression.Count];
    private T[] _values = [];

    /// <inheritdoc/>
    public void Begin(ReadOnlySpan<double> parameters)
    {
        for (var i = 0; i < _weights.Length; i++)
        {
            _weights[i] = T.CreateChecked(parameters[i]);
        }
    }

    /// <inheritdoc/>
    public void Differentiate(ReadOnlySpan<T> targets, ReadOnlySpan<T> predictions, Span<T> slopes) =>
        _kernel.Gradient(targets, predictions, _weights, Values(predictions.Length), slopes);

    /// <inheritdoc/>
    public void AddMixed(
        ReadOnlySpan<T> targets, ReadOnlySpan<T> predictions, ReadOnlySpan<T> tangents, double factor, Span<double> gradient, Span<T> slopes, Span<T> slopeTangents)
    {
        _kernel.MetaGradient(targets, predictions, _weights, tangents, Values(predictions.Length), slopes, _sumDw, _sumD2Fw, slopeTangents);
        for (var node = 1; node < gradient.Length; node++)
        {
            gradient[node] += factor * _sumD2Fw[node];
        }

        // The kernel gives the curvatures themselves.
        for (var i = 0; i < slopeTangents.Length; i++)
        {
            slopeTangents[i] *= tangents[i];
        }
    }

    private T[] Values(int entries)
    {
        if (_values.Length != entries)
        {
            _values = new T[entries];
        }

        return _values;
    }
}
