using System.Collections.Immutable;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Randomness;
using LossActors.Expressions;
using LossActors.Expressions.Canonical;
using LossActors.Learning.Laboratory;
using LossActors.Learning.Losses;
using LossActors.Learning.Losses.Neural;
using LossActors.Learning.Protocols;

namespace LossActors.Learning.Refinement;

/// <summary>
/// Tunes a loss's coefficients by unrolled differentiation (Raymond et al., 2023): every meta step takes a fresh network some inner steps under the loss, measures the
/// task loss on a batch of the validation part, and descends it with Adam. The root's coefficient is a scale, not a parameter.
/// Few inner steps favour losses that start fast, which shows as a growing scale (short-horizon bias: Wu et al., ICLR 2018): a dense network can afford to unroll the
/// whole training. Few meta steps see few networks; so whole trainings choose how far to follow the descent, see <see cref="Rehearsal"/>.
/// </summary>
/// <param name="places">The tasks, the main one first. Of several, meta steps descend the weighted mean of the objectives.</param>
internal sealed class Refiner(ImmutableArray<Workplace> places)
{
    private const double InitialDeviation = 0.001;

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
        [.. Tune([.. expressions.Select(expression => new Tuning(LossFunction.Of(expression), Start(expression), Settings, Guess))], cancellation).Select(Finding)];

    /// <summary>Trains a neural loss from where it is (ML3): the same descent, in its weights.</summary>
    public TuningOutcome Learn(NeuralLoss start, CancellationToken cancellation) =>
        Tune([new Tuning(LossFunction.Of(start), [.. start.Parameters], Settings, Guess)], cancellation)[0];

    private ImmutableArray<TuningOutcome> Tune(ImmutableArray<Tuning> tunings, CancellationToken cancellation)
    {
        foreach (var cohort in tunings.Chunk(LargestCohort))
        {
            Descend([.. cohort], cancellation);
        }

        return [.. tunings.Select(tuning => Conclude(tuning, cancellation))];
    }

    /// <summary>The most losses that are tuned together.</summary>
    public int LargestCohort => places.Min(place => new MetaTask(place).LargestCohort);

    private RefinementSettings Settings => places[0].Protocol.Refinement;

    private void Descend(List<Tuning> tunings, CancellationToken cancellation)
    {
        List<MetaTask> tasks = [.. places.Select(place => new MetaTask(place))];
        try
        {
            for (var step = 0; step < Settings.Steps && tunings.Count > 0; step++)
            {
                cancellation.ThrowIfCancellationRequested();
                var metas = tasks.ConvertAll(task => task.Compute(step, tunings));
                for (var i = 0; i < tunings.Count; i++)
                {
                    tunings[i].Follow(MetaGradient.Mean([.. metas.Zip(tasks, (meta, task) => (task.Share, meta[i]))]));
                }

                if (tunings.RemoveAll(tuning => tuning.IsOver) > 0)
                {
                    tasks.ForEach(task => task.Regroup());
                }
            }
        }
        finally
        {
            tasks.ForEach(task => task.Dispose());
        }
    }

    private TuningOutcome Conclude(Tuning tuning, CancellationToken cancellation)
    {
        var unrolled = tuning.Tried * places.Sum(place => (long)MetaTask.StepsOf(place));
        if (tuning.Steps == 0)
        {
            return new(null, double.PositiveInfinity, double.PositiveInfinity, 0, unrolled);
        }

        var trainings = new WholeTrainings(places, tuning.Loss);
        var rehearsal = new Rehearsal(trainings, Settings.Prune);
        var outcome = Settings.Checkpoints == 0
            ? rehearsal.Trust(tuning.Tuned, cancellation)
            : rehearsal.Choose([tuning.Loss, .. tuning.Checkpoints], cancellation);
        return new(outcome.Kept, outcome.Before, outcome.After, tuning.Steps, unrolled + trainings.Steps);
    }

    private double Guess => places.Sum(place => place.Share * Training.Guess.Loss(place.Task.Shape));

    private static Finding Finding(TuningOutcome outcome) => outcome.Kept is LossFunction.Symbolic kept
        ? new Finding.Refined(kept.Expression, outcome.Before, outcome.After, outcome.MetaSteps, 0) { TrainedSteps = outcome.TrainedSteps }
        : new Finding.Failed("the first meta-gradient is not finite", Poisonous: false, 0) { TrainedSteps = outcome.TrainedSteps };

    // Equal coefficients can be a saddle of symmetric trees; the reference starts from 1 + 0.001 N(0, 1) too.
    private double[] Start(Expression expression)
    {
        var key = ExpressionKey.Structure(expression).Value;
        var stream = RandomStream.For(places[0].Protocol.Seed ^ (ulong)key, (ulong)(key >> 64), 2, Purpose.Refinement);
        double[] start = [.. expression.Weights];
        for (var i = 1; i < start.Length; i++)
        {
            start[i] *= 1 + (InitialDeviation * stream.NextNormal());
        }

        return start;
    }
}
