using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using LossActors.Learning.Losses;
using LossActors.Learning.Native;
using LossActors.Learning.Training;

namespace LossActors.Learning.MetaTesting;

/// <summary>Trains the same trials on several seeds: several seeds at a time where one alone would not keep the processors busy, with the same errors to the last bit.</summary>
/// <param name="trainer">Trains them.</param>
/// <param name="threads">Computing threads, over all seeds.</param>
/// <param name="trained">Told after each cohort how many networks it had, by one thread at a time.</param>
/// <param name="cancellation">Looked at before each step.</param>
internal sealed class SeededTrainings(Trainer trainer, int threads, Action<int> trained, CancellationToken cancellation)
{
    private readonly Lock _telling = new();

    /// <summary>The error of each trial on each replicate, +∞ where the training diverged.</summary>
    public ImmutableArray<double>[] Errors(IReadOnlyList<Trial> trials, int firstReplicate, int seeds, LearningPart part)
    {
        var errors = new double[trials.Count][];
        for (var i = 0; i < errors.Length; i++)
        {
            errors[i] = new double[seeds];
        }

        var (atATime, each) = trainer.ComputesOnOneThread ? (threads, 1) : (1, threads);
        InParallel(seeds, atATime, seed =>
        {
            TorchThreads.Set(each);
            var networks = trainer.TrainCohort(trials, firstReplicate + seed, cancellation);
            for (var i = 0; i < errors.Length; i++)
            {
                errors[i][seed] = ErrorAndDispose(networks[i], part);
            }

            lock (_telling)
            {
                trained(networks.Count);
            }
        });

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

    // What goes wrong is thrown as it is, and not in a collection of one.
    private void InParallel(int count, int atATime, Action<int> action)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = atATime, CancellationToken = cancellation }, action);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }

    private static double ErrorAndDispose(TrainedNetwork network, LearningPart part)
    {
        using (network)
        {
            var error = network.Diverged ? double.NaN : network.Error(part);
            return double.IsFinite(error) ? error : double.PositiveInfinity;
        }
    }
}
