using LossActors.Evolution.Randomness;
using LossActors.Expressions;
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

    /// <summary>The candidate with the least mean error (or error and objective); the earliest of equals, and the first one where none trains to a finite error.</summary>
    /// <param name="candidates">Meta steps and coefficients, fewest steps first.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    public (int Steps, Expression Loss) Best(IReadOnlyList<(int Steps, Expression Loss)> candidates, CancellationToken cancellation)
    {
        // A seed of its own keeps the fitness's initial weights and batches out; one per structure, so that no unlucky pair of networks errs for all.
        var key = ExpressionKey.Structure(candidates[0].Loss).Value;
        var seed = RandomStream.For(protocol.Seed ^ (ulong)key, (ulong)(key >> 64), Lane, Purpose.Refinement).NextUInt64();
        var trainer = new Trainer(network, task, protocol.Training, seed, path);
        List<Trial> trials = [.. candidates.Select(candidate => new Trial(candidate.Loss, protocol.Training.LearningRate))];
        var errors = new double[candidates.Count];
        for (var replicate = 0; replicate < protocol.Refinement.CheckpointReplicates; replicate++)
        {
            var cohort = trainer.TrainCohort(trials, replicate, cancellation);
            for (var i = 0; i < cohort.Count; i++)
            {
                using var trained = cohort[i];
                var error = trained.Diverged ? double.NaN : Score(trained);
                errors[i] += double.IsFinite(error) ? error : double.PositiveInfinity;
            }
        }

        return candidates[Array.IndexOf(errors, errors.Min())];
    }

    private double Score(TrainedNetwork trained)
    {
        var error = trained.Error(task.Validation);
        return _targets.Length == 0 || !double.IsFinite(error)
            ? error
            : error + (ObjectiveWeight * new MetaObjective<double>(task.Shape.Link, network.Outputs, protocol.Refinement.Objective)
                .Differentiate(trained.Logits(task.Validation), _targets, new double[_targets.Length]));
    }
}
