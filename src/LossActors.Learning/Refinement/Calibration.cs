using System.Numerics;
using LossActors.Learning.Losses;

namespace LossActors.Learning.Refinement;

/// <summary>Temperature scaling (Guo et al., On Calibration of Modern Neural Networks, ICML 2017): one factor for all logits.</summary>
internal static class Calibration
{
    private const double Least = 1e-3;
    private const double Most = 1e3;
    private const int Halvings = 24;

    /// <summary>
    /// The factor in [1e-3, 1e3] that minimises the cross-entropy of the multiplied logits, to about six digits: 1 / temperature. The
    /// cross-entropy is convex in it, so where its slope Σ (p − y) z changes sign is found by halving.
    /// </summary>
    /// <param name="link">Softmax or logistic.</param>
    /// <param name="outputs">Logits per instance.</param>
    /// <param name="logits">Row-major [batch, outputs].</param>
    /// <param name="targets">Row-major [batch, outputs].</param>
    public static double Factor<T>(Link link, int outputs, ReadOnlySpan<T> logits, ReadOnlySpan<T> targets)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (scaled, predictions) = (new T[logits.Length], new T[logits.Length]);
        var (low, high) = (Math.Log(Least), Math.Log(Most));
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Slope(Math.Exp(middle), logits, targets) > 0 ? (low, middle) : (middle, high);
        }

        return Math.Exp((low + high) / 2);

        double Slope(double factor, ReadOnlySpan<T> z, ReadOnlySpan<T> y)
        {
            for (var i = 0; i < scaled.Length; i++)
            {
                scaled[i] = z[i] * T.CreateChecked(factor);
            }

            link.Predict<T>(outputs, scaled, predictions);
            var slope = 0.0;
            for (var i = 0; i < scaled.Length; i++)
            {
                slope += double.CreateChecked((predictions[i] - y[i]) * z[i]);
            }

            return slope;
        }
    }
}
