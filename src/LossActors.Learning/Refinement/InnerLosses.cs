using System.Numerics;
using LossActors.Learning.Losses;

namespace LossActors.Learning.Refinement;

/// <summary>The learned losses of a cohort as functions of predictions on one batch, with the derivatives in their parameters that meta-gradients are made of.</summary>
internal sealed class InnerLosses<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Link _link;
    private readonly int _outputs;
    private readonly T _scale;
    private readonly IInnerLoss<T>[] _losses;
    private readonly double[][] _gradients;
    private readonly T[] _slopes;
    private readonly T[] _slopeTangents;
    private readonly T[] _predictionTangents;

    /// <param name="link">How logits become predictions.</param>
    /// <param name="outputs">Logits per instance.</param>
    /// <param name="losses">One per member.</param>
    /// <param name="batch">Instances.</param>
    public InnerLosses(Link link, int outputs, IReadOnlyList<LossFunction> losses, int batch)
    {
        (_link, _outputs) = (link, outputs);
        var entries = batch * outputs;
        _scale = T.One / T.CreateChecked(link.Divisor(entries, outputs));
        _losses = [.. losses.Select(Create)];
        _gradients = new double[losses.Count][];
        (_slopes, _slopeTangents, _predictionTangents) = (new T[entries], new T[entries], new T[entries]);
    }

    /// <summary>Members.</summary>
    public int Count => _losses.Length;

    /// <summary>Begins anew: sets every member's parameters, and its meta-gradient to 0.</summary>
    public void Begin(IReadOnlyList<double[]> coefficients)
    {
        for (var member = 0; member < Count; member++)
        {
            _losses[member].Begin(coefficients[member]);
            _gradients[member] = new double[coefficients[member].Length];
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
        _losses[member].Differentiate(targets, predictions, _slopes);
        _link.Chain(_outputs, predictions, _slopes, _scale, gradient);
    }

    /// <summary>Adds to the meta-gradient what a step owes to its parameters: Σ u · ∂²ℓ/∂f∂φ, u the tangent of the predictions.</summary>
    /// <param name="member">Whose loss.</param>
    /// <param name="predictions">[batch, outputs].</param>
    /// <param name="targets">[batch, outputs].</param>
    /// <param name="logitsTangent">How the logits move along the derivative of the outcome in the step's gradient, [batch, outputs].</param>
    /// <param name="factor">Multiplies what is added.</param>
    public void AddMixed(int member, ReadOnlySpan<T> predictions, ReadOnlySpan<T> targets, ReadOnlySpan<T> logitsTangent, double factor = 1)
    {
        _link.Chain(_outputs, predictions, logitsTangent, T.One, _predictionTangents);
        _losses[member].AddMixed(
            targets, predictions, _predictionTangents, factor * double.CreateChecked(_scale), _gradients[member], _slopes, _slopeTangents);
    }

    /// <summary>After <see cref="AddMixed"/> of the same member: dL/dlogits, and its derivative along the logits' tangent.</summary>
    /// <param name="predictions">[batch, outputs].</param>
    /// <param name="gradient">Receives dL/dlogits.</param>
    /// <param name="gradientTangent">Receives its derivative.</param>
    public void Curve(ReadOnlySpan<T> predictions, Span<T> gradient, Span<T> gradientTangent)
    {
        _link.Chain(_outputs, predictions, _slopes, _scale, gradient);
        _link.ChainTangent(_outputs, predictions, _slopes, _predictionTangents, _slopeTangents, _scale, gradientTangent);
    }

    private static IInnerLoss<T> Create(LossFunction loss) => loss switch
    {
        LossFunction.Symbolic symbolic => new SymbolicInnerLoss<T>(symbolic.Expression),
        LossFunction.Neural => new NeuralInnerLoss<T>(),
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, "not a learned loss"),
    };
}
