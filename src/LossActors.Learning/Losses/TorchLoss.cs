using LossActors.Expressions;
using static TorchSharp.torch;

namespace LossActors.Learning.Losses;

/// <summary>
/// An expression as tensor operations: runs on any device and is differentiable to second order in f and in the coefficients.
/// The slow and plain way, which the compiled one is checked against.
/// </summary>
/// <remarks>
/// PyTorch's own rules give the conventions of the method: minimum and maximum split the gradient at ties, sign has derivative 0, abs has derivative
/// 0 at 0, clamp passes none below its bound. Not thread-safe; results belong to the caller's dispose scope.
/// </remarks>
public sealed class TorchLoss : IEntryLoss
{
    private readonly Expression _expression;
    private readonly Tensor _one;
    private readonly Tensor _minusOne;
    private readonly Tensor[] _coefficients;

    /// <summary>Prepares an expression for tensors of one type on one device.</summary>
    public TorchLoss(Expression expression, ScalarType type, Device device)
    {
        _expression = expression;
        _one = tensor(1.0, type, device).DetachFromDisposeScope();
        _minusOne = tensor(-1.0, type, device).DetachFromDisposeScope();
        _coefficients = [.. expression.Weights.Select(w => tensor(w, type, device).DetachFromDisposeScope())];
    }

    /// <summary>The loss of each entry, with the expression's own coefficients; the shape of <paramref name="f"/>.</summary>
    /// <param name="y">Targets.</param>
    /// <param name="f">Predictions, of the targets' shape.</param>
    public Tensor Evaluate(Tensor y, Tensor f) => Evaluate(y, f, null);

    /// <summary>The loss of each entry, with given coefficients.</summary>
    /// <param name="y">Targets.</param>
    /// <param name="f">Predictions, of the targets' shape.</param>
    /// <param name="weights">One coefficient per node, shape [nodes]; the root's is taken from the expression, being no parameter.</param>
    public Tensor Evaluate(Tensor y, Tensor f, Tensor? weights)
    {
        if (weights is not null && (weights.dim() != 1 || weights.shape[0] != _expression.Count))
        {
            // Checked here because an error inside autograd ends the process.
            throw new ArgumentException($"Weights of shape [{string.Join(", ", weights.shape)}] for {_expression.Count} nodes.", nameof(weights));
        }

        var coefficients = weights?.unbind(0);
        var stack = new Stack<Tensor>(_expression.Count);
        for (var i = _expression.Count - 1; i >= 0; i--)
        {
            var node = _expression[i];
            var value = node.Arity switch
            {
                0 => Terminal(node.Primitive, y, f),
                1 => TensorPrimitives.Value(node.Primitive, stack.Pop()),
                _ => TensorPrimitives.Value(node.Primitive, stack.Pop(), stack.Pop()),
            };
            if (coefficients is not null && i > 0)
            {
                value = value * coefficients[i];
            }
            else if (node.Coefficient != 1.0)
            {
                value = value * _coefficients[i];
            }

            stack.Push(value);
        }

        var loss = stack.Pop();
        return loss.dim() == f.dim() ? loss : loss.expand(f.shape);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _one.Dispose();
        _minusOne.Dispose();
        foreach (var coefficient in _coefficients)
        {
            coefficient.Dispose();
        }
    }

    private Tensor Terminal(Primitive primitive, Tensor y, Tensor f) => primitive switch
    {
        Primitive.Y => y,
        Primitive.F => f,
        Primitive.One => _one,
        _ => _minusOne,
    };
}
