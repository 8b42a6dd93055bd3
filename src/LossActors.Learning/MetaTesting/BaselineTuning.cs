using System.Collections.Immutable;
using LossActors.Learning.Losses;
using LossActors.Learning.Training;

namespace LossActors.Learning.MetaTesting;

/// <summary>Chooses the task loss's learning rate on the validation part: a learned loss hides a learning rate, so the baseline deserves a tuned one.</summary>
internal static class BaselineTuning
{
    /// <summary>Trains one cohort per seed, a member per learning rate, and averages validation errors.</summary>
    public static ImmutableArray<TuningPoint> Tune(
        Trainer trainer, LearningPart validation, ImmutableArray<double> learningRates, int firstReplicate, int seeds, Action<int> trained, CancellationToken cancellation)
    {
        var totals = new double[learningRates.Length];
        for (var seed = 0; seed < seeds; seed++)
        {
            var errors = trainer.TrainCohort([.. learningRates.Select(rate => new Trial(LossFunction.Task, rate))], firstReplicate + seed, cancellation)
                .Select(network => ErrorAndDispose(network, validation)).ToList();
            for (var i = 0; i < totals.Length; i++)
            {
                totals[i] += errors[i];
            }

            trained(totals.Length);
        }

        return [.. learningRates.Select((rate, i) => new TuningPoint(rate, totals[i] / seeds))];
    }

    /// <summary>The error of a network on a part, +∞ when it diverged; disposes the network.</summary>
    public static double ErrorAndDispose(TrainedNetwork network, LearningPart part)
    {
        using (network)
        {
            var error = network.Diverged ? double.NaN : network.Error(part);
            return double.IsFinite(error) ? error : double.PositiveInfinity;
        }
    }
}
