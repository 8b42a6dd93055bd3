using System.Numerics;
using LossActors.Learning.Losses;
using LossActors.Learning.Protocols;

namespace LossActors.Learning.Refinement;

/// <summary>What meta steps descend, from the logits of the outer batch, on host memory.</summary>
/// <param name="link">How logits become predictions.</param>
/// <param name="outputs">Logits per instance.</param>
/// <param name="objective">Which.</param>
internal sealed class MetaObjective<T>(Link link, int outputs, RefinementObjective objective)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LogitLoss<T> _task = LogitLosses.Create<T>(LossFunction.Task, link, outputs);
    private T[] _scaled = [];

    /// <summary>The objective, and its gradient in the logits.</summary>
    /// <param name="logits">Row-major [batch, outputs].</param>
    /// <param name="targets">Row-major [batch, outputs].</param>
    /// <param name="gradient">Receives the gradient.</param>
    public T Differentiate(ReadOnlySpan<T> logits, ReadOnlySpan<T> targets, Span<T> gradient)
    {
        if (objective == RefinementObjective.TaskLoss || link == Link.Identity)
        {
            return _task.Differentiate(logits, targets, gradient);
        }

        if (_scaled.Length != logits.Length)
        {
            _scaled = new T[logits.Length];
        }

        // At its optimum the factor is as good as constant: the envelope theorem.
        var factor = T.CreateChecked(Calibration.Factor(link, outputs, logits, targets));
        for (var i = 0; i < logits.Length; i++)
        {
            _scaled[i] = logits[i] * factor;
        }

        var loss = _task.Differentiate(_scaled, targets, gradient);
        for (var i = 0; i < gradient.Length; i++)
        {
            gradient[i] *= factor;
        }

        return loss;
    }
}
