using System.Numerics;
using LossActors.Expressions;
using LossActors.Expressions.Compilation;
using LossActors.Learning.Losses;

namespace LossActors.Learning.Refinement;

/// <summary>The learned losses of a cohort as functions of predictions on one batch, with the derivatives in their coefficients that meta-gradients are made of.</summary>
internal sealed class InnerLosses<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Link _link;
    private readonly int _outputs;
    private readonly T _scale;
    private readonly LossKernel[] _kernels;
    private readonly T[][] _weights;
    private readonly double[][] _gradients;
    private readonly T[] _values;
    private readonly T[] _slopes;
    private readonly T[] _curvatures;
    private readonly T[] _predictionTangents;
    private readonly double[] _sumDw;
    private readonly double[] _sumD2Fw;

    /// <param name="link">How logits become predictions.</param>
    /// <param name="outputs">Logits per instance.</param>
    /// <param name="losses">One per member.</param>
    /// <param name="batch">Instances.</param>
    public InnerLosses(Link link, int outputs, IReadOnlyList<Expression> losses, int batch)
    {
        (_link, _outputs) = (link, outputs);
        var entries = batch * outputs;
        _scale = T.One / T.CreateChecked(link.Divisor(entries, outputs));
        _kernels = [.. losses.Select(LossKernel.Compile)];
        _weights = [.. losses.Select(loss => new T[loss.Count])];
        _gradients = [.. losses.Select(loss => new double[loss.Count])];
        (_values, _slopes, _curvatures, _predictionTangents) = (new T[entries], new T[entries], new T[entries], new T[entries]);
        var largest = losses.Max(loss => loss.Count);
        (_sumDw, _sumD2Fw) = (new double[largest], new double[largest]);
    }

    /// <summary>Members.</summary>
    public int Count => _kernels.Length;

    /// <summary>Begins anew: sets every member's coefficients, and its meta-gradient to 0.</summary>
    public void Begin(IReadOnlyList<double[]> coefficients)
    {
        for (var member = 0; member < Count; member++)
        {
            for (var i = 0; i < _weights[member].Length; i++)
            {
                _weights[member][i] = T.CreateChecked(coefficients[member][i]);
            }

            _gradients[member] = new double[_weights[member].Length];
        }
    }

    /// <summary>The meta-gradient so far.</summary>
    public double[] GradientOf(int member) => _gradients[member];

    /// <summary>dL/dlogits.</summary>
    /// <param name="member">Whose loss.</param>
    /// <param name="predictions">[batch, outputs].</param>
    /// <param name="targets">[batch, outputs].</param>
    /// <param name="gradient">Receives it, [batch, outputs].</param>
    public void Differentiate(int member, ReadOnlySpan<T> predictions, ReadOnlySpan<T> targets, Span<T> gradient)
    {
        _kernels[member].Gradient<T>(targets, predictions, _weights[member], _values, _slopes);
        _link.Chain(_outputs, predictions, _slopes, _scale, gradient);
    }

    /// <summary>Adds to the meta-gradient what a step owes to its coefficients: Σ u · ∂²ℓ/∂f∂φ, u the tangent of the predictions.</summary>
    /// <param name="member">Whose loss.</param>
    /// <param name="predictions">[batch, outputs].</param>
    /// <param name="targets">[batch, outputs].</param>
    /// <param name="logitsTangent">How the logits move along the derivative of the outcome in the step's gradient, [batch, outputs].</param>
    /// <param name="factor">Multiplies what is added.</param>
    public void AddMixed(int member, ReadOnlySpan<T> predictions, ReadOnlySpan<T> targets, ReadOnlySpan<T> logitsTangent, double factor = 1)
    {
        var gradient = _gradients[member];
        var sums = _sumD2Fw.AsSpan(0, gradient.Length);
        _link.Chain(_outputs, predictions, logitsTangent, T.One, _predictionTangents);
        _kernels[member].MetaGradient<T>(
            targets, predictions, _weights[member], _predictionTangents, _values, _slopes, _sumDw.AsSpan(0, gradient.Length), sums, _curvatures);
        factor *= double.CreateChecked(_scale);
        for (var node = 1; node < gradient.Length; node++)
        {
            gradient[node] += factor * sums[node];
        }
    }

    /// <summary>After <see cref="AddMixed"/> of the same member: dL/dlogits, and its derivative along the logits' tangent.</summary>
    /// <param name="predictions">[batch, outputs].</param>
    /// <param name="gradient">Receives dL/dlogits.</param>
    /// <param name="gradientTangent">Receives its derivative.</param>
    public void Curve(ReadOnlySpan<T> predictions, Span<T> gradient, Span<T> gradientTangent)
    {
        _link.Chain(_outputs, predictions, _slopes, _scale, gradient);
        for (var i = 0; i < _curvatures.Length; i++)
        {
            _curvatures[i] *= _predictionTangents[i];
        }

        _link.ChainTangent(_outputs, predictions, _slopes, _predictionTangents, _curvatures, _scale, gradientTangent);
    }
}
