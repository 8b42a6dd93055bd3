namespace LossActors.Learning.MetaTesting;

/// <summary>One learning rate tried for a loss.</summary>
/// <param name="LearningRate">The rate.</param>
/// <param name="Error">Mean validation error; +∞ where a training diverged.</param>
public sealed record TuningPoint(double LearningRate, double Error)
{
    /// <summary>The rate with the smallest error, the smaller rate at a tie; the first one where all diverged.</summary>
    /// <exception cref="ArgumentException">There is no point.</exception>
    public static TuningPoint Best(IEnumerable<TuningPoint> points) =>
        points.OrderBy(p => p.Error).ThenBy(p => p.LearningRate).FirstOrDefault()
        ?? throw new ArgumentException("No learning rate was tried.", nameof(points));
}
