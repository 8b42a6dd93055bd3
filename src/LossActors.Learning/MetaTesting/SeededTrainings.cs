using System.Collections.Immutable;
using LossActors.Learning.Losses;
using LossActors.Learning.Training;

namespace LossActors.Learning.MetaTesting;

/// <summary>Trains the same trials on several seeds.</summary>
/// <param name="trainer">Trains them.</param>
/// <param name="trained">Told after each cohort how many networks it had.</param>
/// <param name="cancellation">Looked at before each step.</param>
internal sealed class SeededTrainings(Trainer trainer, Action<int> trained, CancellationToken cancellation)
{
    /// <summary>The error of each trial on each replicate, +∞ where the training diverged.</summary>
    public ImmutableArray<double>[] Errors(IReadOnlyList<Trial> trials, int firstReplicate, int seeds, LearningPart part)
    {
        var errors = new double[trials.Count][];
        for (var i = 0; i < errors.Length; i++)
        {
            errors[i] = new double[seeds];
        }

        for (var seed = 0; seed < seeds; seed++)
        {
            var networks = trainer.TrainCohort(trials, firstReplicate + seed, cancellation);
            for (var i = 0; i < errors.Length; i++)
            {
                errors[i][seed] = ErrorAndDispose(networks[i], part);
            }

            trained(networks.Count);
        }

        return [.. errors.Select(e => e.ToImmutableArray())];
    }

    /// <summary>The mean error of a loss at each of some learning rates, one cohort per seed.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="learningRates">As they are called.</param>
    /// <param name="divisor">As they are trained with: divided by it.</param>
    /// <param name="firstReplicate">The first seed.</param>
    /// <param name="seeds">Their number.</param>
    /// <param name="part">Measured on.</param>
    public ImmutableArray<TuningPoint> Tune(
        LossFunction loss, ImmutableArray<double> learningRates, double divisor, int firstReplicate, int seeds, LearningPart part) =>
    [
        .. learningRates.Zip(
            Errors([.. learningRates.Select(rate => new Trial(loss, rate / divisor))], firstReplicate, seeds, part),
            (rate, errors) => new TuningPoint(rate, errors.Average())),
    ];

    private static double ErrorAndDispose(TrainedNetwork network, LearningPart part)
    {
        using (network)
        {
            var error = network.Diverged ? double.NaN : network.Error(part);
            return double.IsFinite(error) ? error : double.PositiveInfinity;
        }
    }
}
