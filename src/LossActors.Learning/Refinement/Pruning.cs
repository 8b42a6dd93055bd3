using LossActors.Expressions;
using LossActors.Expressions.Canonical;
using LossActors.Learning.Losses;

namespace LossActors.Learning.Refinement;

/// <summary>
/// Simplifies a tuned loss: coefficients go to the nearest of 0 (which takes the argument away), 1 and -1 where networks train no worse with them so. First each one
/// alone, then those that did no harm together; the worse half of them is let off until all the others may go at once.
/// </summary>
/// <param name="trainings">What it judges by.</param>
/// <param name="round">Which networks: the same for all that is compared.</param>
internal sealed class Pruning(WholeTrainings trainings, int round)
{
    // Five deviations of the noise that a tuning starts with: so little was never meant.
    private const double Noise = 0.005;

    /// <summary>The simplified loss in its canonical form; the loss itself where nothing can go.</summary>
    public Expression Prune(Expression tuned, CancellationToken cancellation)
    {
        var weights = tuned.Weights;
        var rounded = With(tuned, Enumerable.Range(1, tuned.Count - 1).Where(i => Math.Abs(weights[i] - Simple(weights[i])) <= Noise));
        rounded = Canonicalizer.Canonical(rounded).IsLoss ? rounded : tuned;
        List<int> open = [.. Enumerable.Range(1, tuned.Count - 1).Where(i => rounded[i].Coefficient != Simple(weights[i]) && IsLoss(rounded, [i]))];
        if (open.Count == 0)
        {
            return Canonicalizer.Canonical(rounded);
        }

        var scores = Scores([rounded, .. open.Select(i => With(rounded, [i]))], cancellation);
        List<int> harmless = [.. open.Zip(scores[1..]).Where(p => p.Second <= scores[0]).OrderBy(p => p.Second).Select(p => p.First)];
        while (harmless.Count > 1 && !(IsLoss(rounded, harmless) && Scores([With(rounded, harmless)], cancellation)[0] <= scores[0]))
        {
            harmless.RemoveRange(harmless.Count / 2, harmless.Count - (harmless.Count / 2));
        }

        return Canonicalizer.Canonical(With(rounded, harmless));
    }

    private double[] Scores(IEnumerable<Expression> losses, CancellationToken cancellation) =>
        Array.ConvertAll(trainings.Round(round, [.. losses.Select(LossFunction.Of)], cancellation).Scores, replicates => replicates.Average());

    private static double Simple(double weight) => Math.Round(Math.Clamp(weight, -1, 1));

    private static bool IsLoss(Expression loss, IEnumerable<int> nodes) => Canonicalizer.Canonical(With(loss, nodes)).IsLoss;

    private static Expression With(Expression loss, IEnumerable<int> nodes)
    {
        double[] weights = [.. loss.Weights];
        foreach (var node in nodes)
        {
            weights[node] = Simple(weights[node]);
        }

        return loss.WithWeights(weights);
    }
}
