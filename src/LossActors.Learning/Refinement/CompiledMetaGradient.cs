using System.Numerics;
using LossActors.Expressions;
using LossActors.Expressions.Compilation;
using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using LossActors.Learning.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LossActors.Learning.Refinement;

/// <summary>
/// The meta-gradient of any number of inner steps of a dense network without an autograd graph, on the CPU. A step at weights θ under the coefficients φ, whose gradient the
/// outcome depends on by v, gives φ the term Σ u · ∂²ℓ/∂f∂φ, where u is the derivative of the predictions along v, and θ the Hessian's product with v:
/// both by the tangent rules of <see cref="DenseTangent{T}"/>. Memory: the weights before each step.
/// </summary>
internal sealed class CompiledMetaGradient<T> : IMetaGradientSource
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Link _link;
    private readonly int _outputs;
    private readonly LossKernel _kernel;
    private readonly MetaObjective<T> _objective;
    private readonly TrainingSettings _settings;
    private readonly DenseBackpropagation<T> _inner;
    private readonly DenseBackpropagation<T> _outer;
    private readonly List<T[]> _trajectory = [];
    private readonly T _scale;
    private readonly T[] _predictions;
    private readonly T[] _values;
    private readonly T[] _slopes;
    private readonly T[] _curvatures;
    private readonly T[] _predictionTangents;
    private readonly T[] _gradient;
    private readonly T[] _gradientTangent;
    private readonly T[] _outerGradient;
    private readonly T[] _product;
    private readonly T[] _weights;
    private readonly double[] _sumDw;
    private readonly double[] _sumD2Fw;

    public CompiledMetaGradient(
        DenseNetwork network, Link link, Expression expression, TrainingSettings settings, int innerBatch, int outerBatch, RefinementObjective objective)
    {
        _link = link;
        _outputs = network.Outputs;
        _kernel = LossKernel.Compile(expression);
        _objective = new MetaObjective<T>(link, network.Outputs, objective);
        _settings = settings;
        _inner = new DenseBackpropagation<T>(network, innerBatch);
        _outer = new DenseBackpropagation<T>(network, outerBatch);
        var entries = innerBatch * network.Outputs;
        _scale = T.One / T.CreateChecked(link.Divisor(entries, network.Outputs));
        (_predictions, _values, _slopes, _curvatures) = (new T[entries], new T[entries], new T[entries], new T[entries]);
        (_predictionTangents, _gradient, _gradientTangent) = (new T[entries], new T[entries], new T[entries]);
        _outerGradient = new T[outerBatch * network.Outputs];
        _product = new T[network.ParameterCount()];
        (_weights, _sumDw, _sumD2Fw) = (new T[expression.Count], new double[expression.Count], new double[expression.Count]);
    }

    /// <summary>The weights that training begins with.</summary>
    internal Span<T> Start => _outer.Weights;

    /// <inheritdoc/>
    public MetaGradient Compute(
        float[][] initial,
        IReadOnlyList<(Tensor Inputs, Tensor Targets)> inner,
        (Tensor Inputs, Tensor Targets) outer,
        ReadOnlySpan<double> coefficients)
    {
        Backpropagation.Load(Start, initial);
        return Compute(inner, outer, coefficients);
    }

    /// <summary>The same from the weights that <see cref="Start"/> holds.</summary>
    internal MetaGradient Compute(
        IReadOnlyList<(Tensor Inputs, Tensor Targets)> inner, (Tensor Inputs, Tensor Targets) outer, ReadOnlySpan<double> coefficients)
    {
        for (var i = 0; i < _weights.Length; i++)
        {
            _weights[i] = T.CreateChecked(coefficients[i]);
        }

        Train(inner);
        var objective = _objective.Differentiate(_outer.Forward(outer.Inputs), Vectors.Of<T>(outer.Targets), _outerGradient);
        _outer.Backward(_outerGradient);
        return new MetaGradient(double.CreateChecked(objective), GoBack(inner));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _inner.Dispose();
        _outer.Dispose();
    }

    // Leaves the last weights in the outer network, and of a single step its passes in the inner one.
    private void Train(IReadOnlyList<(Tensor Inputs, Tensor Targets)> inner)
    {
        var sgd = new Sgd<T>(_settings, _product.Length);
        for (var step = 0; step < inner.Count; step++)
        {
            if (_trajectory.Count == step)
            {
                _trajectory.Add(new T[_product.Length]);
            }

            using var scope = ScopeOfOne(inner);
            var (inputs, targets) = inner[step];
            _outer.Weights.CopyTo(_trajectory[step]);
            _trajectory[step].CopyTo(_inner.Weights);
            _link.Predict(_outputs, _inner.Forward(inputs), _predictions);
            _kernel.Gradient<T>(Vectors.Of<T>(targets), _predictions, _weights, _values, _slopes);
            _link.Chain(_outputs, _predictions, _slopes, _scale, _gradient);
            _inner.Backward(_gradient);
            sgd.Step(_outer.Weights, _inner.Gradient, Rate(step));
        }
    }

    private double[] GoBack(IReadOnlyList<(Tensor Inputs, Tensor Targets)> inner)
    {
        var gradient = new double[_weights.Length];
        var adjoint = new SgdAdjoint<T>(_settings, _outer.Gradient);
        for (var step = inner.Count - 1; step >= 0; step--)
        {
            using var scope = ScopeOfOne(inner);
            var (inputs, targets) = inner[step];
            adjoint.Step(Rate(step));
            if (inner.Count > 1)
            {
                _trajectory[step].CopyTo(_inner.Weights);
                _link.Predict(_outputs, _inner.Forward(inputs), _predictions);
            }

            _link.Chain(_outputs, _predictions, _inner.Along(adjoint.Gradient), T.One, _predictionTangents);
            _kernel.MetaGradient<T>(
                Vectors.Of<T>(targets), _predictions, _weights, _predictionTangents, _values, _slopes, _sumDw, _sumD2Fw, _curvatures);
            for (var node = 1; node < gradient.Length; node++)
            {
                gradient[node] += double.CreateChecked(_scale) * _sumD2Fw[node];
            }

            // The first weights are given: nothing follows from how the first gradient depends on them.
            if (step > 0)
            {
                adjoint.AddCurvature(HessianProduct());
            }
        }

        return gradient;
    }

    private T[] HessianProduct()
    {
        _link.Chain(_outputs, _predictions, _slopes, _scale, _gradient);
        for (var i = 0; i < _curvatures.Length; i++)
        {
            _curvatures[i] *= _predictionTangents[i];
        }

        _link.ChainTangent(_outputs, _predictions, _slopes, _predictionTangents, _curvatures, _scale, _gradientTangent);
        _inner.Curve(_gradient, _gradientTangent, _product);
        return _product;
    }

    // A list may gather each batch when it is asked for, and a long one must not hold them all; a single batch is needed from forward to backward.
    private static DisposeScope? ScopeOfOne(IReadOnlyList<(Tensor Inputs, Tensor Targets)> inner) => inner.Count > 1 ? NewDisposeScope() : null;

    private double Rate(int step) => _settings.LearningRate * LearningRateSchedule.Factor(_settings, step);
}
