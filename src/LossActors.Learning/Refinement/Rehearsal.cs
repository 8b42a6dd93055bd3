using LossActors.Learning.Losses;

namespace LossActors.Learning.Refinement;

/// <summary>
/// Chooses coefficients by what counts in the end: the validation error after whole trainings. A line search along the path of the meta steps, which knows the
/// direction but not how far it is good.
/// </summary>
/// <param name="trainings">What it judges by.</param>
/// <param name="prune">Whether what is kept is simplified.</param>
internal sealed class Rehearsal(WholeTrainings trainings, bool prune)
{
    private const int Choosing = 0;
    private const int Comparing = 1;
    private const int Simplifying = 2;

    /// <summary>
    /// Keeps the candidate with the least mean error (or error and objective), the earliest of equals, if it is better than the first one by more than the standard error
    /// of their difference; otherwise the first one. What was chosen for its numbers flatters itself by them, so it is measured again, beside the first, on networks that
    /// had no say.
    /// </summary>
    /// <param name="candidates">The untuned loss, then those along the tuning.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    public Rehearsed Choose(IReadOnlyList<LossFunction> candidates, CancellationToken cancellation)
    {
        var (errors, scores) = trainings.Round(Choosing, candidates, cancellation);
        var means = Array.ConvertAll(scores, replicates => replicates.Average());
        var best = Array.IndexOf(means, means.Min());
        if (IsBetter(scores[best], scores[0]))
        {
            return Compare(candidates[0], candidates[best], cancellation);
        }

        var error = errors[0].Average();
        return new(candidates[0], error, error);
    }

    /// <summary>Keeps a tuned loss, simplified if wished for, without asking whether it is better, which nobody knows then: both errors are NaN.</summary>
    public Rehearsed Trust(LossFunction tuned, CancellationToken cancellation) => new(Simplified(tuned, cancellation), double.NaN, double.NaN);

    // Each trained on the same fresh networks.
    private Rehearsed Compare(LossFunction untuned, LossFunction tuned, CancellationToken cancellation)
    {
        var kept = Simplified(tuned, cancellation);
        var errors = trainings.Round(Comparing, [untuned, kept], cancellation).Errors;
        return new(kept, errors[0].Average(), errors[1].Average());
    }

    private LossFunction Simplified(LossFunction tuned, CancellationToken cancellation) => prune && tuned is LossFunction.Symbolic symbolic
        ? LossFunction.Of(new Pruning(trainings, Simplifying).Prune(symbolic.Expression, cancellation))
        : tuned;

    // Paired: both trained the same networks on the same batches.
    private static bool IsBetter(double[] scores, double[] first)
    {
        if (first.Any(double.IsInfinity))
        {
            return scores.All(double.IsFinite);
        }

        var gains = first.Zip(scores, (a, b) => a - b).ToArray();
        var mean = gains.Average();
        var variance = gains.Length < 2 ? 0 : gains.Sum(g => (g - mean) * (g - mean)) / (gains.Length - 1);
        return mean > Math.Sqrt(variance / gains.Length);
    }
}
