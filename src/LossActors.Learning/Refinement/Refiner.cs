using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Randomness;
using LossActors.Expressions;
using LossActors.Expressions.Canonical;
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

    // Adam forgets a gradient's scale but not a single outlier: one exploding meta step would stall the next hundreds.
    private const double LargestNorm = 10;
    private const ulong TrainingLane = 0;
    private const ulong ValidationLane = 1;

    /// <summary>Runs the meta steps, up to the first meta-gradient that is not finite, and chooses among the checkpoints.</summary>
    /// <returns>
    /// Refined (seconds 0; the loss itself and equal errors where no checkpoint is better than it), or Failed if there was not one finite meta-gradient.
    /// </returns>
    public Finding Refine(Expression expression, CancellationToken cancellation)
    {
        var settings = protocol.Refinement;
        var training = new BatchSequence(
            task.Training.Count, protocol.Training.BatchSize, protocol.Seed, TrainingLane, Purpose.Refinement);
        var validation = new BatchSequence(
            task.Validation.Count,
            settings.OuterBatchSize > 0 ? settings.OuterBatchSize : protocol.Training.BatchSize,
            protocol.Seed,
            ValidationLane, Purpose.Refinement);
        using var source = MetaGradientSources.Create(
            new Unrolling(network, task.Shape.Link, [expression], protocol.Training, training.Size, validation.Size, settings.Objective), settings.InnerSteps, task.Type, task.Device, path);
        var coefficients = Start(expression);
        var adam = new Adam(coefficients.Length, settings.LearningRate);
        var checkpoints = new List<Expression>();
        var steps = 0;
        while (steps < settings.Steps)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var inner = new GatheredBatches(task.Training, training, settings.InnerSteps);
            var outer = task.Validation.Select(validation);
            var initial = network.Initialise(WeightStreams.Refinement(protocol.Seed, steps));
            var meta = source.Compute(initial, inner, outer, [coefficients])[0];
            if (!meta.IsFinite)
            {
                break;
            }

            steps++;
            Clip(meta.Gradient);
            adam.Step(coefficients, meta.Gradient);
            if (IsCheckpoint(steps, settings))
            {
                checkpoints.Add(expression.WithWeights(coefficients));
            }
        }

        if (steps == 0)
        {
            return new Finding.Failed("the first meta-gradient is not finite", Poisonous: false, 0);
        }

        var rehearsal = new Rehearsal(network, task, protocol, path);
        var outcome = settings.Checkpoints == 0
            ? rehearsal.Compare(expression, expression.WithWeights(coefficients), cancellation)
            : rehearsal.Choose([expression, .. checkpoints], cancellation);
        return new Finding.Refined(outcome.Kept, outcome.Before, outcome.After, steps, 0);
    }

    // The last step is one, whatever the numbers.
    private static bool IsCheckpoint(int step, RefinementSettings settings) =>
        (long)step * settings.Checkpoints / settings.Steps > (step - 1L) * settings.Checkpoints / settings.Steps;

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

    private static void Clip(double[] gradient)
    {
        var norm = Math.Sqrt(gradient.Sum(g => g * g));
        if (norm > LargestNorm)
        {
            for (var i = 0; i < gradient.Length; i++)
            {
                gradient[i] *= LargestNorm / norm;
            }
        }
    }
}
