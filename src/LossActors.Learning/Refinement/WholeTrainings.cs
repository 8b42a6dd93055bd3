using LossActors.Evolution.Randomness;
using LossActors.Expressions.Canonical;
using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using LossActors.Learning.Training;

namespace LossActors.Learning.Refinement;

/// <summary>Whole trainings by which one refinement judges coefficients, on networks and batches that neither the meta steps nor the fitness use.</summary>
/// <param name="network">The base network.</param>
/// <param name="task">The data.</param>
/// <param name="protocol">Settings and seed.</param>
/// <param name="path">How steps are computed.</param>
/// <param name="untuned">The loss that is refined. Each structure has networks of its own, so that no unlucky pair of them errs for all.</param>
internal sealed class WholeTrainings(INetwork network, LearningTask task, EvaluationProtocol protocol, TrainingPath path, LossFunction untuned)
{
    // 0 and 1 are the meta steps' batches, 2 the first coefficients.
    private const ulong Lane = 3;

    // On 46 elites of digits, of the weights 0, 0.03, 0.1, 0.2, 0.4 and 1 those from 0.2 on chose more of the coefficients that were better on fresh networks.
    private const double ObjectiveWeight = 0.3;

    private readonly Trainer _trainer = new(network, task, protocol.Training, Seed(protocol.Seed, untuned), path);

    private readonly double[] _targets = task.Shape.Link == Link.Identity || protocol.Refinement.Objective == RefinementObjective.TaskLoss
        ? []
        : Vectors.ToDoubles(task.Validation.Targets);

    /// <summary>Training steps taken so far.</summary>
    public long Steps { get; private set; }

    /// <summary>
    /// Trains as many networks under each loss as a checkpoint has replicates. Rounds differ in their networks; within one, all losses train the same.
    /// </summary>
    /// <returns>Per loss and replicate: the validation error, and the score (error, or error and objective) that choices are made by; +∞ where a training failed.</returns>
    public (double[][] Errors, double[][] Scores) Round(int number, IReadOnlyList<LossFunction> losses, CancellationToken cancellation)
    {
        List<Trial> trials = [.. losses.Select(loss => new Trial(loss, protocol.Training.LearningRate))];
        var replicates = protocol.Refinement.CheckpointReplicates;
        double[][] errors = [.. losses.Select(_ => new double[replicates])], scores = [.. losses.Select(_ => new double[replicates])];
        for (var replicate = 0; replicate < replicates; replicate++)
        {
            var first = 0;
            foreach (var together in trials.Chunk(CohortSize.For(network, protocol.Training.BatchSize, task.Type, task.Device.type)))
            {
                foreach (var trained in _trainer.TrainCohort(together, (number * replicates) + replicate, cancellation))
                {
                    (errors[first][replicate], scores[first][replicate]) = Measure(trained);
                    first++;
                }
            }
        }

        return (errors, scores);
    }

    private (double Error, double Score) Measure(TrainedNetwork trained)
    {
        using (trained)
        {
            Steps += trained.Steps;
            var error = trained.Diverged ? double.PositiveInfinity : Finite(trained.Error(task.Validation));
            return (error, double.IsFinite(error) ? Finite(Score(error, trained)) : error);
        }
    }

    private double Score(double error, TrainedNetwork trained) => _targets.Length == 0
        ? error
        : error + (ObjectiveWeight * new MetaObjective<double>(task.Shape.Link, network.Outputs, protocol.Refinement.Objective)
            .Differentiate(trained.Logits(task.Validation), _targets, new double[_targets.Length]));

    private static double Finite(double value) => double.IsFinite(value) ? value : double.PositiveInfinity;

    // A seed of its own keeps the fitness's initial weights and batches out.
    private static ulong Seed(ulong seed, LossFunction loss)
    {
        // All networks are of one structure.
        var key = loss is LossFunction.Symbolic symbolic ? ExpressionKey.Structure(symbolic.Expression).Value : 0;
        return RandomStream.For(seed ^ (ulong)key, (ulong)(key >> 64), Lane, Purpose.Refinement).NextUInt64();
    }
}
