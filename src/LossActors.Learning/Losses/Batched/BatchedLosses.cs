using LossActors.Expressions;
using static TorchSharp.torch;

namespace LossActors.Learning.Losses.Batched;

/// <summary>
/// The losses of a cohort and their derivatives on any device, all at once and without autograd. A kernel per node would leave a GPU waiting for launches: here their number is that
/// of a <see cref="LossPlan"/>'s groups.
/// </summary>
/// <remarks>Results belong to the caller's dispose scope. The table has nodes × entries numbers, and so has that of the gradients.</remarks>
internal sealed class BatchedLosses : IDisposable
{
    private readonly LossPlan _plan;
    private readonly IndexedGroup[] _groups;
    private readonly Tensor _roots;
    private readonly Tensor _coefficients;
    private readonly Tensor _rootCoefficients;

    public BatchedLosses(IReadOnlyList<Expression> losses, ScalarType type, Device device)
    {
        using var scope = NewDisposeScope();
        _plan = new LossPlan(losses);
        _coefficients = tensor([.. _plan.Coefficients], ScalarType.Float64).to(type).to(device).unsqueeze(1).MoveToOuterDisposeScope();
        _groups = [.. _plan.Groups.Select(group => new IndexedGroup(group, _coefficients, device))];
        _roots = IndexedGroup.Rows(_plan.Roots, device);
        _rootCoefficients = _coefficients.index_select(0, _roots).DetachFromDisposeScope();
        _coefficients.DetachFromDisposeScope();
    }

    /// <summary>Each member's losses and their derivatives in its predictions.</summary>
    /// <param name="targets">[entry], the same for all.</param>
    /// <param name="predictions">[member, entry].</param>
    /// <returns>Two tensors [member, entry].</returns>
    public (Tensor Values, Tensor Slopes) Differentiate(Tensor targets, Tensor predictions)
    {
        var table = empty(_plan.Coefficients.Length, targets.shape[0], targets.dtype, targets.device);
        foreach (var group in _groups)
        {
            table.index_copy_(0, group.At, Value(group, table, targets, predictions) * group.Coefficients);
        }

        return (table.index_select(0, _roots), Slopes(table, predictions));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var group in _groups)
        {
            group.Dispose();
        }

        _roots.Dispose();
        _coefficients.Dispose();
        _rootCoefficients.Dispose();
    }

    private static Tensor Value(IndexedGroup group, Tensor table, Tensor targets, Tensor predictions) => group.Primitive switch
    {
        Primitive.Y => targets.unsqueeze(0),
        Primitive.F => predictions.index_select(0, group.Members),
        Primitive.One => ones_like(targets).unsqueeze(0),
        Primitive.MinusOne => ones_like(targets).unsqueeze(0).neg(),
        _ when group.Primitive.Arity() == 1 => TensorPrimitives.Value(group.Primitive, table.index_select(0, group.First)),
        _ => TensorPrimitives.Value(group.Primitive, table.index_select(0, group.First), table.index_select(0, group.Second)),
    };

    // Row i of the gradients: the derivative in node i before it was multiplied by its coefficient. Every node but the roots has one parent, so each row is written once.
    private Tensor Slopes(Tensor table, Tensor predictions)
    {
        var gradients = zeros_like(table);
        gradients.index_copy_(0, _roots, _rootCoefficients.expand(_plan.Roots.Length, table.shape[1]));
        var slopes = zeros_like(predictions);
        for (var i = _groups.Length - 1; i >= 0; i--)
        {
            var group = _groups[i];
            var arity = group.Primitive.Arity();
            if (group.Primitive == Primitive.F)
            {
                slopes.index_add_(0, group.Members, gradients.index_select(0, group.At), TorchSharp.ScalarExtensionMethods.ToScalar(1.0));
            }
            else if (arity == 1)
            {
                var passed = TensorPrimitives.Gradient(group.Primitive, gradients.index_select(0, group.At), table.index_select(0, group.First));
                gradients.index_copy_(0, group.First, passed * group.FirstCoefficients);
            }
            else if (arity == 2)
            {
                var (first, second) = TensorPrimitives.Gradient(
                    group.Primitive, gradients.index_select(0, group.At), table.index_select(0, group.First), table.index_select(0, group.Second));
                gradients.index_copy_(0, group.First, first * group.FirstCoefficients);
                gradients.index_copy_(0, group.Second, second * group.SecondCoefficients);
            }
        }

        return slopes;
    }
}
