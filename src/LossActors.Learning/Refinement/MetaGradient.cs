namespace LossActors.Learning.Refinement;

/// <summary>What one meta step learns.</summary>
/// <param name="TaskLoss">The task loss on the outer batch after the inner steps, calibrated if the objective is.</param>
/// <param name="Gradient">Its derivative in each parameter of the loss; that of an expression's root is 0.</param>
internal sealed record MetaGradient(double TaskLoss, double[] Gradient)
{
    /// <summary>Whether everything is finite.</summary>
    public bool IsFinite => double.IsFinite(TaskLoss) && Array.TrueForAll(Gradient, double.IsFinite);
}
