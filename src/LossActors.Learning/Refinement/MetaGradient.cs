namespace LossActors.Learning.Refinement;

/// <summary>What one meta step learns.</summary>
/// <param name="TaskLoss">The task loss on the outer batch after the inner steps, calibrated if the objective is.</param>
/// <param name="Gradient">Its derivative in each parameter of the loss; that of an expression's root is 0.</param>
internal sealed record MetaGradient(double TaskLoss, double[] Gradient)
{
    /// <summary>Whether everything is finite.</summary>
    public bool IsFinite => double.IsFinite(TaskLoss) && Array.TrueForAll(Gradient, double.IsFinite);

    /// <summary>That of several tasks' weighted mean, whose gradient is the mean of theirs.</summary>
    /// <param name="tasks">Each with its share; the shares sum to 1.</param>
    public static MetaGradient Mean(IReadOnlyList<(double Share, MetaGradient Meta)> tasks)
    {
        var gradient = new double[tasks[0].Meta.Gradient.Length];
        foreach (var (share, meta) in tasks)
        {
            for (var i = 0; i < gradient.Length; i++)
            {
                gradient[i] += share * meta.Gradient[i];
            }
        }

        return new(tasks.Sum(task => task.Share * task.Meta.TaskLoss), gradient);
    }
}
