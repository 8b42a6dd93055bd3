namespace LossActors.Learning.Refinement;

/// <summary>
/// Tells when a noisy objective has stopped falling (as early stopping does: Prechelt, Early Stopping — But When?, 1998). Every meta step sees another network and other batches, so what counts is
/// the mean of the last steps, as many as the patience: when none of the last such means, again as many, was below the best one before by more than a thousandth of it, that is the plateau.
/// </summary>
/// <param name="patience">Steps; 0: there is no plateau.</param>
internal sealed class Plateau(int patience)
{
    private const double Tolerance = 1e-3;
    private readonly Queue<double> _window = [];
    private double _best = double.PositiveInfinity;
    private int _waited;

    /// <summary>Takes the next step's objective; at the earliest the step 2 · patience is on the plateau.</summary>
    public bool IsReachedBy(double objective)
    {
        if (patience == 0)
        {
            return false;
        }

        _window.Enqueue(objective);
        if (_window.Count < patience)
        {
            return false;
        }

        // Summed anew: a running sum would drift, and never forget an outlier's rounding.
        var mean = _window.Average();
        _window.Dequeue();
        if (mean < _best - (Tolerance * Math.Abs(_best)) || double.IsPositiveInfinity(_best))
        {
            (_best, _waited) = (mean, 0);
            return false;
        }

        _waited++;
        return _waited >= patience;
    }
}
