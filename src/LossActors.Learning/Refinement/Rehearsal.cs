using LossActors.Evolution.Randomness;
using LossActors.Expressions.Canonical;
using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using LossActors.Learning.Training;

namespace LossActors.Learning.Refinement;

/// <summary>
/// Chooses coefficients by what counts in the end: the validation error after whole trainings, on networks and batches that neither the meta steps nor the
/// fitness use. A line search along the path of the meta steps, which knows the direction but not how far it is good.
/// </summary>
/// <param name="network">The base network.</param>
/// <param name="task">The data.</param>
/// <param name="protocol">Settings and seed.</param>
/// <param name="path">How steps are computed.</param>
internal sealed class Rehearsal(INetwork network, LearningTask task, EvaluationProtocol protocol, TrainingPath path)
{
    // 0 and 1 are the meta steps' batches, 2 the first coefficients.
    private const ulong Lane = 3;

    // On 46 elites of digits, of the weights 0, 0.03, 0.1, 0.2, 0.4 and 1 those from 0.2 on chose more of the coefficients that were better on fresh networks.
    private const double ObjectiveWeight = 0.3;

    private readonly double[] _targets = task.Shape.Link == Link.Identity || protocol.Refinement.Objective == RefinementObjective.TaskLoss
        ? []
        : Vectors.ToDoubles(task.Validation.Targets);

    /// <summary>
    /// Keeps the candidate with the least mean error (or error and objective), the earliest of equals, if it is better than the first one by more than the standard error
    /// of their difference; otherwise the first one. What was chosen for its numbers flatters itself by them, so it is measured again, beside the first, on networks that
    /// had no say.
    /// </summary>
    /// <param name="candidates">The untuned loss, then those along the tuning.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    public Rehearsed Choose(IReadOnlyList<LossFunction> candidates, CancellationToken cancellation)
    {
        var trials = Train(candidates, 0, cancellation);
        var means = Array.ConvertAll(trials.Scores, scores => scores.Average());
        var best = Array.IndexOf(means, means.Min());
        if (IsBetter(trials.Scores[best], trials.Scores[0]))
        {
            var compared = Compare(candidates[0], candidates[best], cancellation);
            return compared with { Steps = compared.Steps + trials.Steps };
        }

        var error = trials.Errors[0].Average();
        return new(candidates[0], error, error, trials.Steps);
    }

    /// <summary>The second loss beside the first, each trained on the same fresh networks.</summary>
    public Rehearsed Compare(LossFunction untuned, LossFunction tuned, CancellationToken cancellation)
    {
        var (errors, _, steps) = Train([untuned, tuned], protocol.Refinement.CheckpointReplicates, cancellation);
        return new(tuned, errors[0].Average(), errors[1].Average(), steps);
    }

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

    // Per loss and replicate.
    private (double[][] Errors, double[][] Scores, long Steps) Train(IReadOnlyList<LossFunction> losses, int firstReplicate, CancellationToken cancellation)
    {
        // A seed of its own keeps the fitness's initial weights and batches out; one per structure, so that no unlucky pair of networks errs for all.
        var key = Structure(losses[0]);
        var seed = RandomStream.For(protocol.Seed ^ (ulong)key, (ulong)(key >> 64), Lane, Purpose.Refinement).NextUInt64();
        var trainer = new Trainer(network, task, protocol.Training, seed, path);
        List<Trial> trials = [.. losses.Select(loss => new Trial(loss, protocol.Training.LearningRate))];
        var replicates = protocol.Refinement.CheckpointReplicates;
        double[][] errors = [.. losses.Select(_ => new double[replicates])], scores = [.. losses.Select(_ => new double[replicates])];
        var steps = 0L;
        for (var replicate = 0; replicate < replicates; replicate++)
        {
            var cohort = trainer.TrainCohort(trials, firstReplicate + replicate, cancellation);
            for (var i = 0; i < cohort.Count; i++)
            {
                using var trained = cohort[i];
                steps += trained.Steps;
                var error = trained.Diverged ? double.PositiveInfinity : Finite(trained.Error(task.Validation));
                errors[i][replicate] = error;
                scores[i][replicate] = double.IsFinite(error) ? Finite(Score(error, trained)) : error;
            }
        }

        return (errors, scores, steps);
    }

    // All networks are of one structure.
    private static UInt128 Structure(LossFunction loss) => loss is LossFunction.Symbolic symbolic ? ExpressionKey.Structure(symbolic.Expression).Value : 0;

    private double Score(double error, TrainedNetwork trained) => _targets.Length == 0
        ? error
        : error + (ObjectiveWeight * new MetaObjective<double>(task.Shape.Link, network.Outputs, protocol.Refinement.Objective)
            .Differentiate(trained.Logits(task.Validation), _targets, new double[_targets.Length]));

    private static double Finite(double value) => double.IsFinite(value) ? value : double.PositiveInfinity;
}
