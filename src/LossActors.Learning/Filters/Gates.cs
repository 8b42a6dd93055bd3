using LossActors.Evolution.Evaluation;
using LossActors.Expressions;
using LossActors.Learning.Losses;
using LossActors.Learning.Protocols;
using LossActors.Learning.Training;

namespace LossActors.Learning.Filters;

/// <summary>The gates before training, in their order, on a probe sample. No tensors: plain vector code on a few thousand numbers.</summary>
/// <param name="probe">What they look at.</param>
/// <param name="settings">How long the rejection protocol runs.</param>
/// <param name="learningRate">The base learning rate.</param>
internal sealed class Gates(ProbeSample probe, FilterSettings settings, double learningRate)
{
    // Rounding leaves about 1e-16 of what cancels: a gradient smaller than this share of dL/df is zero.
    private const double Silence = 1e-12;
    private const int CancellationInterval = 64;
    private readonly double[] _gradient = new double[probe.Logits.Length];

    /// <summary>Which gate stops the loss, if any, and the fingerprint of one that passes.</summary>
    public (Gate Gate, UInt128 Fingerprint) Screen(Expression expression, CancellationToken cancellation)
    {
        var loss = new LearnedLogitLoss<double>(expression, probe.Link, probe.Outputs);
        if (!IsFinite(loss.Differentiate(probe.Logits, probe.Targets, _gradient)))
        {
            return (Gate.Rejected, UInt128.Zero);
        }

        var norms = Norms(loss.Derivatives);
        if (Array.TrueForAll(norms, norm => norm == 0))
        {
            return (Gate.ZeroGradient, UInt128.Zero);
        }

        return Improves(loss, cancellation) ? (Gate.Passed, GradientFingerprint.Of(norms)) : (Gate.Rejected, UInt128.Zero);
    }

    /// <summary>
    /// The rejection protocol (Raymond et al., 2023): the logits themselves, free variables, descend the loss; whether the task metric got better.
    /// </summary>
    private bool Improves(LearnedLogitLoss<double> loss, CancellationToken cancellation)
    {
        var before = ProbeMetric.Error(probe, probe.Logits);
        if (before == 0)
        {
            // Nothing is below zero, whatever the steps do.
            return false;
        }

        double[] logits = [.. probe.Logits];
        var adam = new Adam(logits.Length, learningRate);
        for (var step = 0; step < settings.Steps; step++)
        {
            if (step % CancellationInterval == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            if (!IsFinite(loss.Differentiate(logits, probe.Targets, _gradient)))
            {
                return false;
            }

            adam.Step(logits, _gradient);
        }

        return Array.TrueForAll(logits, double.IsFinite) && ProbeMetric.Error(probe, logits) < before;
    }

    private double[] Norms(ReadOnlySpan<double> derivatives)
    {
        var norms = new double[probe.Count];
        var divisor = probe.Link.Divisor(_gradient.Length, probe.Outputs);
        for (var i = 0; i < norms.Length; i++)
        {
            double squares = 0, largest = 0;
            for (var c = i * probe.Outputs; c < (i + 1) * probe.Outputs; c++)
            {
                squares += _gradient[c] * _gradient[c];
                largest = Math.Max(largest, Math.Abs(derivatives[c]));
            }

            var norm = Math.Sqrt(squares);
            norms[i] = norm > Silence * largest / divisor ? norm : 0;
        }

        return norms;
    }

    // A sum is not finite if an entry is not.
    private bool IsFinite(double loss)
    {
        var sum = loss;
        foreach (var entry in _gradient)
        {
            sum += entry;
        }

        return double.IsFinite(sum);
    }
}
