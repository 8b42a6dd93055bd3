using System.Numerics;
using LossActors.Expressions;
using LossActors.Expressions.Compilation;

namespace LossActors.Learning.Losses;

/// <summary>An expression, compiled, as a loss of the logits.</summary>
internal sealed class LearnedLogitLoss<T>(Expression expression, Link link, int outputs) : LogitLoss<T>(link, outputs)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LossKernel _kernel = LossKernel.Compile(expression);
    private readonly T[] _weights = [.. expression.Weights.Select(T.CreateChecked)];
    private T[] _values = [];
    private T[] _derivatives = [];

    /// <summary>dℓ/df of each entry that the last call saw.</summary>
    public ReadOnlySpan<T> Derivatives => _derivatives;

    /// <inheritdoc/>
    protected override T Differentiate(
        ReadOnlySpan<T> logits, ReadOnlySpan<T> predictions, ReadOnlySpan<T> targets, T scale, Span<T> gradient)
    {
        if (_values.Length != logits.Length)
        {
            _values = new T[logits.Length];
            _derivatives = new T[logits.Length];
        }

        _kernel.Gradient<T>(targets, predictions, _weights, _values, _derivatives);
        Link.Chain(Outputs, predictions, _derivatives, scale, gradient);
        var total = T.Zero;
        foreach (var value in _values)
        {
            total += value;
        }

        return total * scale;
    }
}
