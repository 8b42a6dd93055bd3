using LossActors.Learning.Filters;
using LossActors.Learning.Losses;

namespace LossActors.Learning.MetaTesting;

/// <summary>How much steeper a loss is than the task's own, to begin with: the learning rate that it hides.</summary>
internal static class GradientScale
{
    /// <summary>The ratio of the norms of dL/dlogits over a probe sample of a fresh network's outputs, the loss's to the task loss's; NaN or infinite where one of them is.</summary>
    public static double Of(LossFunction loss, ProbeSample probe) => Norm(loss, probe) / Norm(LossFunction.Task, probe);

    private static double Norm(LossFunction loss, ProbeSample probe)
    {
        var gradient = new double[probe.Logits.Length];
        LogitLosses.Create<double>(loss, probe.Link, probe.Outputs).Differentiate(probe.Logits, probe.Targets, gradient);
        return Math.Sqrt(gradient.Sum(entry => entry * entry));
    }
}
