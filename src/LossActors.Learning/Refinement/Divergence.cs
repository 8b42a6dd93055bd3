namespace LossActors.Learning.Refinement;

/// <summary>
/// Tells which meta steps lead nowhere: what is not finite, and objectives ten times worse than both a guess and the worst so far. (The objective differs from step to
/// step with networks and batches, so a rise alone says nothing.)
/// </summary>
/// <param name="guess">The task loss of a network that knows nothing of its inputs.</param>
internal sealed class Divergence(double guess)
{
    private const double Factor = 10;
    private double? _worst;

    /// <summary>Whether a step diverged; the first one cannot by its objective, since there is nothing better to go back to.</summary>
    public bool IsSeenIn(MetaGradient meta)
    {
        if (!meta.IsFinite || meta.TaskLoss > Factor * Math.Max(guess, _worst ?? double.PositiveInfinity))
        {
            return true;
        }

        _worst = Math.Max(_worst ?? meta.TaskLoss, meta.TaskLoss);
        return false;
    }
}
