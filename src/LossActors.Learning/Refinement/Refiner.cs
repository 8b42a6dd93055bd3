using System.Collections.Immutable;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Randomness;
using LossActors.Expressions;
using LossActors.Expressions.Canonical;
using LossActors.Learning.Losses;
using LossActors.Learning.Losses.Neural;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using LossActors.Learning.Training;
using static TorchSharp.torch;

namespace LossActors.Learning.Refinement;

/// <summary>
/// Tunes a loss's coefficients by unrolled differentiation (Raymond et al., 2023): every meta step takes a fresh network some inner steps under the loss, measures the
/// task loss on a batch of the validation part, and descends it with Adam. The root's coefficient is a scale, not a parameter.
/// Few inner steps favour losses that start fast, which shows as a growing scale (short-horizon bias: Wu et al., ICLR 2018): a dense network can afford to unroll the
/// whole training. Few meta steps see few networks; so whole trainings choose how far to follow the descent, see <see cref="Rehearsal"/>.
/// </summary>
/// <param name="network">The base network.</param>
/// <param name="task">The data.</param>
/// <param name="protocol">Settings and seed.</param>
/// <param name="path">How meta-gradients are computed; the compiled one serves dense networks.</param>
internal sealed class Refiner(INetwork network, LearningTask task, EvaluationProtocol protocol, TrainingPath path = TrainingPath.Automatic)
{
    private const double InitialDeviation = 0.001;
    private const ulong TrainingLane = 0;
    private const ulong ValidationLane = 1;

    /// <summary>Tunes one loss; see <see cref="RefineCohort"/>.</summary>
    public Finding Refine(Expression expression, CancellationToken cancellation) => RefineCohort([expression], cancellation)[0];

    /// <summary>
    /// Tunes some losses side by side: they see the same networks and batches in every meta step, and nothing of each other. Each runs its meta steps to their end,
    /// to a plateau, or until they diverged too often, and then chooses among its checkpoints. What one gets is what it would get alone but for rounding; a single one to the last bit.
    /// </summary>
    /// <param name="expressions">The losses; more than memory allows to be tuned together are split up.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <returns>
    /// One per loss, in order: Refined (seconds 0; the loss itself and equal errors where no checkpoint is better than it), or Failed if not even the first meta-gradient was finite.
    /// </returns>
    public ImmutableArray<Finding> RefineCohort(IReadOnlyList<Expression> expressions, CancellationToken cancellation) =>
        [.. Tune([.. expressions.Select(expression => new Tuning(LossFunction.Of(expression), Start(expression), protocol.Refinement, Guess))], cancellation).Select(Finding)];

    /// <summary>Trains a neural loss from where it is (ML3): the same descent, in its weights.</summary>
    public TuningOutcome Learn(NeuralLoss start, CancellationToken cancellation) =>
        Tune([new Tuning(LossFunction.Of(start), [.. start.Parameters], protocol.Refinement, Guess)], cancellation)[0];

    private ImmutableArray<TuningOutcome> Tune(ImmutableArray<Tuning> tunings, CancellationToken cancellation)
    {
        foreach (var cohort in tunings.Chunk(LargestCohort))
        {
            Descend([.. cohort], cancellation);
        }

        return [.. tunings.Select(tuning => Conclude(tuning, cancellation))];
    }

    /// <summary>The most losses that are tuned together.</summary>
    public int LargestCohort => MetaGradientSources.CohortSize(network, InnerSteps, InnerBatches().Size, OuterBatches().Size, task.Type);

    private int InnerSteps => protocol.Refinement.InnerSteps > 0 ? protocol.Refinement.InnerSteps : protocol.Training.Steps;

    private BatchSequence InnerBatches() =>
        new(task.Training.Count, protocol.Training.BatchSize, protocol.Seed, TrainingLane, Purpose.Refinement);

    private BatchSequence OuterBatches() => new(
        task.Validation.Count,
        protocol.Refinement.OuterBatchSize > 0 ? protocol.Refinement.OuterBatchSize : protocol.Training.BatchSize,
        protocol.Seed,
        ValidationLane,
        Purpose.Refinement);

    private void Descend(List<Tuning> tunings, CancellationToken cancellation)
    {
        var (settings, training, validation) = (protocol.Refinement, InnerBatches(), OuterBatches());
        IMetaGradientSource? source = null;
        try
        {
            for (var step = 0; step < settings.Steps && tunings.Count > 0; step++)
            {
                cancellation.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                source ??= MetaGradientSources.Create(Unrolling(tunings, training.Size, validation.Size), InnerSteps, task.Type, task.Device, path);
                var inner = new GatheredBatches(task.Training, training, InnerSteps);
                var outer = task.Validation.Select(validation);
                var initial = network.Initialise(WeightStreams.Refinement(protocol.Seed, step));
                var metas = source.Compute(initial, inner, outer, DropoutMasks.Refinement(protocol.Seed, step), [.. tunings.Select(tuning => tuning.Parameters)]);
                for (var i = 0; i < metas.Count; i++)
                {
                    tunings[i].Follow(metas[i]);
                }

                if (tunings.RemoveAll(tuning => tuning.IsOver) > 0)
                {
                    source.Dispose();
                    source = null;
                }
            }
        }
        finally
        {
            source?.Dispose();
        }
    }

    private Unrolling Unrolling(List<Tuning> tunings, int innerBatch, int outerBatch) => new(
        network, task.Shape.Link, [.. tunings.Select(tuning => tuning.Loss)], protocol.Training, innerBatch, outerBatch, protocol.Refinement.Objective);

    private TuningOutcome Conclude(Tuning tuning, CancellationToken cancellation)
    {
        var unrolled = (long)tuning.Tried * InnerSteps;
        if (tuning.Steps == 0)
        {
            return new(null, double.PositiveInfinity, double.PositiveInfinity, 0, unrolled);
        }

        var trainings = new WholeTrainings(network, task, protocol, path, tuning.Loss);
        var rehearsal = new Rehearsal(trainings, protocol.Refinement.Prune);
        var outcome = protocol.Refinement.Checkpoints == 0
            ? rehearsal.Compare(tuning.Loss, tuning.Tuned, cancellation)
            : rehearsal.Choose([tuning.Loss, .. tuning.Checkpoints], cancellation);
        return new(outcome.Kept, outcome.Before, outcome.After, tuning.Steps, unrolled + trainings.Steps);
    }

    // What the task loss says of a network that gives every class the same probability, or the mean target (which is 0, of deviation 1).
    private double Guess => task.Shape.Link switch
    {
        Link.Identity => 1,
        Link.Logistic => Math.Log(2),
        _ => Math.Log(network.Outputs),
    };

    private static Finding Finding(TuningOutcome outcome) => outcome.Kept is LossFunction.Symbolic kept
        ? new Finding.Refined(kept.Expression, outcome.Before, outcome.After, outcome.MetaSteps, 0) { TrainedSteps = outcome.TrainedSteps }
        : new Finding.Failed("the first meta-gradient is not finite", Poisonous: false, 0) { TrainedSteps = outcome.TrainedSteps };

    // Equal coefficients can be a saddle of symmetric trees; the reference starts from 1 + 0.001 N(0, 1) too.
    private double[] Start(Expression expression)
    {
        var key = ExpressionKey.Structure(expression).Value;
        var stream = RandomStream.For(protocol.Seed ^ (ulong)key, (ulong)(key >> 64), 2, Purpose.Refinement);
        double[] start = [.. expression.Weights];
        for (var i = 1; i < start.Length; i++)
        {
            start[i] *= 1 + (InitialDeviation * stream.NextNormal());
        }

        return start;
    }
}
