using LossActors.Expressions;
using LossActors.Expressions.Compilation;
using LossActors.Learning.Losses.Neural;

namespace LossActors.Cli.Report;

/// <summary>Losses as functions of one target and one prediction.</summary>
internal static class LossCurves
{
    // Where log is clamped in expressions; cross-entropy is drawn with the same one.
    private const double Clamp = Primitives.Clamp;

    /// <summary>A learned loss, per class (classification) or output (regression).</summary>
    public static LossAt Of(Expression loss)
    {
        var kernel = LossKernel.Compile(loss);
        var weights = loss.Weights;
        return (y, f) =>
        {
            Span<double> value = stackalloc double[1];
            Span<double> slope = stackalloc double[1];
            kernel.Gradient<double>([y], [f], weights.AsSpan(), value, slope);
            return (value[0], slope[0]);
        };
    }

    /// <summary>A neural loss, likewise.</summary>
    public static LossAt Of(NeuralLoss loss) => (y, f) => loss.At(y, f);

    /// <summary>The loss that it competes with: squared error, or one class's share of the cross-entropy, −y·ln f.</summary>
    public static LossAt OfTask(bool isRegression) => isRegression
        ? (y, f) => ((f - y) * (f - y), 2 * (f - y))
        : (y, f) => (-y * Math.Log(Math.Max(f, Clamp)), f > Clamp ? -y / f : 0);
}
