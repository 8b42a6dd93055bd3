using System.Numerics;
using LossActors.Learning.Losses;
using LossActors.Learning.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LossActors.Learning.Refinement;

/// <summary>
/// The meta-gradients of any number of inner steps. A step at weights θ under the coefficients φ, whose gradient the outcome depends on by v, gives φ the term
/// Σ u · ∂²ℓ/∂f∂φ, where u is the derivative of the predictions along v, and θ the Hessian's product with v: both by the network's tangent rules.
/// </summary>
/// <remarks>
/// Going back wants the weights before every step. Where they do not fit into memory, they are computed again from checkpoints: the second half of the steps from a copy of
/// the state in the middle, then the first half, each in the same way (Griewank, Achieving logarithmic growth of temporal and spatial complexity in reverse automatic
/// differentiation, 1992).
/// </remarks>
internal sealed class CompiledMetaGradient<T> : HostMetaGradient<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ITwiceDifferentiable<T> _inner;
    private readonly IBackpropagation<T> _outer;
    private readonly int _kept;
    private readonly List<T[]> _trajectory = [];
    private readonly Sgd<T> _sgd;
    private readonly SgdAdjoint<T> _adjoint;
    private readonly T[] _predictions;
    private readonly T[] _gradient;
    private readonly T[] _gradientTangent;
    private readonly T[] _outerGradient;
    private readonly T[] _product;

    /// <param name="unrolling">Whose.</param>
    /// <param name="inner">The members' networks, for inner batches.</param>
    /// <param name="outer">The same for outer batches.</param>
    /// <param name="kept">So many steps' weights may be kept; at least 1. Beside them as many states in the middle of steps as halvings are needed.</param>
    public CompiledMetaGradient(Unrolling unrolling, ITwiceDifferentiable<T> inner, IBackpropagation<T> outer, int kept = int.MaxValue)
        : base(unrolling, inner)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(kept, 1);
        (_inner, _outer, _kept) = (inner, outer, kept);
        _sgd = new Sgd<T>(unrolling.Training, inner.Weights.Length);
        _adjoint = new SgdAdjoint<T>(unrolling.Training, inner.Weights.Length);
        var size = inner.Members * unrolling.Network.Outputs;
        _predictions = new T[size * unrolling.InnerBatch];
        (_gradient, _gradientTangent) = (new T[_predictions.Length], new T[_predictions.Length]);
        _outerGradient = new T[size * unrolling.OuterBatch];
        _product = new T[inner.Weights.Length];
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _inner.Dispose();
        _outer.Dispose();
    }

    /// <inheritdoc/>
    protected override void Run(
        IReadOnlyList<(Tensor Inputs, Tensor Targets)> inner, (Tensor Inputs, Tensor Targets) outer, Span<double> objectives)
    {
        _sgd.Momenta.Clear();
        Unroll(inner, 0, inner.Count, outer, objectives);
    }

    // From the state before the first of some steps to the outcome's derivative in the weights before it. Whoever takes the last step of all measures the outcome.
    private void Unroll(
        IReadOnlyList<(Tensor Inputs, Tensor Targets)> inner, int first, int count, (Tensor Inputs, Tensor Targets) outer, Span<double> objectives)
    {
        if (count > _kept)
        {
            var half = count / 2;
            var (weights, momenta) = (_inner.Weights.ToArray(), _sgd.Momenta.ToArray());
            for (var step = first; step < first + half; step++)
            {
                Train(inner, step);
            }

            Unroll(inner, first + half, count - half, outer, objectives);
            weights.CopyTo(_inner.Weights);
            momenta.CopyTo(_sgd.Momenta);
            Unroll(inner, first, half, outer, objectives);
            return;
        }

        for (var i = 0; i < count; i++)
        {
            if (_trajectory.Count == i)
            {
                _trajectory.Add(new T[_product.Length]);
            }

            _inner.Weights.CopyTo(_trajectory[i]);
            Train(inner, first + i);
        }

        if (first + count == inner.Count)
        {
            _inner.Weights.CopyTo(_outer.Weights);
            Measure(_outer.Forward(outer.Inputs), Vectors.Of<T>(outer.Targets), objectives, _outerGradient);
            _outer.Backward(_outerGradient);
            _adjoint.Begin(_outer.Gradient);
        }

        for (var i = count - 1; i >= 0; i--)
        {
            GoBack(inner, first + i, _trajectory[i]);
        }
    }

    private void Train(IReadOnlyList<(Tensor Inputs, Tensor Targets)> inner, int step)
    {
        using var scope = ScopeOfOne(inner);
        var (inputs, targets) = inner[step];
        Predict(inputs);
        var size = _predictions.Length / Losses.Count;
        for (var member = 0; member < Losses.Count; member++)
        {
            Losses.Differentiate(member, _predictions.AsSpan(member * size, size), Vectors.Of<T>(targets), _gradient.AsSpan(member * size, size));
        }

        _inner.Backward(_gradient);
        _sgd.Step(_inner.Weights, _inner.Gradient, Rate(step));
    }

    private void GoBack(IReadOnlyList<(Tensor Inputs, Tensor Targets)> inner, int step, T[] weights)
    {
        using var scope = ScopeOfOne(inner);
        var (inputs, targets) = inner[step];
        _adjoint.Step(Rate(step));
        weights.CopyTo(_inner.Weights);
        if (inner.Count > 1)
        {
            Predict(inputs);
        }

        var tangents = _inner.Along(_adjoint.Gradient);
        var size = _predictions.Length / Losses.Count;
        for (var member = 0; member < Losses.Count; member++)
        {
            var (start, end) = (member * size, (member + 1) * size);
            Losses.AddMixed(member, _predictions.AsSpan(start, size), Vectors.Of<T>(targets), tangents[start..end]);
            if (step > 0)
            {
                Losses.Curve(_predictions.AsSpan(start, size), _gradient.AsSpan(start, size), _gradientTangent.AsSpan(start, size));
            }
        }

        // The first weights are given: nothing follows from how the first gradient depends on them.
        if (step > 0)
        {
            _inner.Curve(_gradient, _gradientTangent, _product);
            _adjoint.AddCurvature(_product);
        }
    }

    private void Predict(Tensor inputs) => Unrolling.Link.Predict<T>(Unrolling.Network.Outputs, _inner.Forward(inputs), _predictions);

    // A list may gather each batch when it is asked for, and a long one must not hold them all; a single batch is needed from forward to backward.
    private static DisposeScope? ScopeOfOne(IReadOnlyList<(Tensor Inputs, Tensor Targets)> inner) => inner.Count > 1 ? NewDisposeScope() : null;

    private double Rate(int step) => Unrolling.Training.LearningRate * LearningRateSchedule.Factor(Unrolling.Training, step);
}
