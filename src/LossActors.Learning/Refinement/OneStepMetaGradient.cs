using System.Numerics;
using LossActors.Expressions;
using LossActors.Expressions.Compilation;
using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using LossActors.Learning.Training;
using static TorchSharp.torch;

namespace LossActors.Learning.Refinement;

/// <summary>
/// The meta-gradient of a single inner step without any second-order graph, on the CPU: dT/dφ_k = −(α/B) Σ u · ∂²ℓ/∂f∂φ_k, where u is the derivative of the
/// training predictions along v = ∂T/∂θ′ and α the step's effective rate. Weight decay only moves θ′; plain momentum changes nothing in a first step;
/// Nesterov's multiplies the rate by 1 + μ.
/// </summary>
internal sealed class OneStepMetaGradient<T> : IMetaGradientSource
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Link _link;
    private readonly int _outputs;
    private readonly LossKernel _kernel;
    private readonly LogitLoss<T> _task;
    private readonly TrainingSettings _settings;
    private readonly double _rate;
    private readonly DenseBackpropagation<T> _inner;
    private readonly DenseBackpropagation<T> _outer;
    private readonly DenseTangent<T> _tangent;
    private readonly T[] _predictions;
    private readonly T[] _values;
    private readonly T[] _derivatives;
    private readonly T[] _gradient;
    private readonly T[] _outerGradient;
    private readonly T[] _weights;
    private readonly double[] _sumDw;
    private readonly double[] _sumD2Fw;

    public OneStepMetaGradient(
        DenseNetwork network, Link link, Expression expression, TrainingSettings settings, int innerBatch, int outerBatch)
    {
        _link = link;
        _outputs = network.Outputs;
        _kernel = LossKernel.Compile(expression);
        _task = LogitLosses.Create<T>(null, link, network.Outputs);
        _settings = settings;
        _rate = settings.LearningRate * (settings.Nesterov ? 1 + settings.Momentum : 1);
        _inner = new DenseBackpropagation<T>(network, innerBatch);
        _outer = new DenseBackpropagation<T>(network, outerBatch);
        _tangent = new DenseTangent<T>(network, _inner, innerBatch);
        var entries = innerBatch * network.Outputs;
        (_predictions, _values, _derivatives, _gradient) = (new T[entries], new T[entries], new T[entries], new T[entries]);
        _outerGradient = new T[outerBatch * network.Outputs];
        (_weights, _sumDw, _sumD2Fw) = (new T[expression.Count], new double[expression.Count], new double[expression.Count]);
    }

    /// <inheritdoc/>
    public MetaGradient Compute(
        float[][] initial,
        IReadOnlyList<(Tensor Inputs, Tensor Targets)> inner,
        (Tensor Inputs, Tensor Targets) outer,
        ReadOnlySpan<double> coefficients)
    {
        if (inner.Count != 1)
        {
            throw new ArgumentException($"{inner.Count} inner steps; this formula knows one.", nameof(inner));
        }

        Backpropagation.Load(_inner.Weights, initial);
        return Compute(inner[0], outer, coefficients);
    }

    /// <summary>The inner network's weights, the starting point, for checks.</summary>
    internal Span<T> Start => _inner.Weights;

    /// <summary>The same from the weights that <see cref="Start"/> holds.</summary>
    internal MetaGradient Compute((Tensor Inputs, Tensor Targets) inner, (Tensor Inputs, Tensor Targets) outer, ReadOnlySpan<double> coefficients)
    {
        for (var i = 0; i < _weights.Length; i++)
        {
            _weights[i] = T.CreateChecked(coefficients[i]);
        }

        var targets = Vectors.Of<T>(inner.Targets);
        var scale = T.One / T.CreateChecked(_link.Divisor(_predictions.Length, _outputs));
        _link.Predict(_outputs, _inner.Forward(inner.Inputs), _predictions);
        _kernel.Gradient<T>(targets, _predictions, _weights, _values, _derivatives);
        _link.Chain(_outputs, _predictions, _derivatives, scale, _gradient);
        _inner.Backward(_gradient);
        StepTo(_outer.Weights);

        var taskLoss = _task.Differentiate(_outer.Forward(outer.Inputs), Vectors.Of<T>(outer.Targets), _outerGradient);
        _outer.Backward(_outerGradient);

        // _gradient now holds u: the logits' tangent carried through the link.
        _link.Chain(_outputs, _predictions, _tangent.Along(_outer.Gradient), T.One, _gradient);
        _kernel.MetaGradient<T>(targets, _predictions, _weights, _gradient, _values, _derivatives, _sumDw, _sumD2Fw);
        var factor = -_rate * double.CreateChecked(scale);
        var gradient = Array.ConvertAll(_sumD2Fw, sum => factor * sum);
        gradient[0] = 0;
        return new MetaGradient(double.CreateChecked(taskLoss), gradient);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tangent.Dispose();
        _inner.Dispose();
        _outer.Dispose();
    }

    private void StepTo(Span<T> next)
    {
        var (rate, decay) = (T.CreateChecked(_rate), T.CreateChecked(_settings.WeightDecay));
        ReadOnlySpan<T> weights = _inner.Weights;
        var gradient = _inner.Gradient;
        var width = Vector<T>.Count;
        var (rates, decays) = (new Vector<T>(rate), new Vector<T>(decay));
        var i = 0;
        for (; i <= next.Length - width; i += width)
        {
            var w = new Vector<T>(weights[i..]);
            (w - ((new Vector<T>(gradient[i..]) + (w * decays)) * rates)).CopyTo(next[i..]);
        }

        for (; i < next.Length; i++)
        {
            next[i] = weights[i] - ((gradient[i] + (weights[i] * decay)) * rate);
        }
    }
}
