using LossActors.Learning.Filters;
using LossActors.Learning.Laboratory;
using LossActors.Learning.Losses;
using LossActors.Learning.Protocols;
using LossActors.Learning.Training;

namespace LossActors.Learning.MetaTesting;

/// <summary>
/// Meta-testing: fresh networks are trained on the training part under a loss and under the task loss, whose learning rate is tuned on the validation part; both are measured on the
/// test part, which nothing else ever sees. All trainings of a seed share initial weights and batches.
/// </summary>
public static class MetaTest
{
    /// <summary>Runs a meta-test. Blocks the calling thread, which must stay the same (TorchSharp's scopes are per thread).</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="protocol">Task, network and training; another task or network than the loss was found on makes it a transfer.</param>
    /// <param name="settings">Seeds and learning rates.</param>
    /// <param name="device"><c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</param>
    /// <param name="threads">Computing threads. Where training computes on one, so many seeds are trained at a time, and the errors are the same for any number.</param>
    /// <param name="progress">Told after each cohort, by one thread at a time.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <exception cref="Datasets.DataException">The data is missing or malformed.</exception>
    /// <exception cref="Networks.NetworkException">The network does not exist or does not fit the data.</exception>
    /// <exception cref="Native.EnvironmentException">The device or a native library is missing.</exception>
    public static MetaTestReport Run(
        LossFunction loss,
        EvaluationProtocol protocol,
        MetaTestSettings settings,
        string device = "cpu",
        int threads = 1,
        IProgress<MetaTestProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Seeds, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.TuningSeeds, 1);
        using var place = Workplace.Open(protocol, device, threads);
        var scale = GradientScale.Of(loss, ProbeSample.Draw(place.Network, place.Task, protocol.Filters.Sample, protocol.Seed));
        var rescales = settings.Rescale && double.IsFinite(scale) && scale > 0;
        var divisor = rescales ? scale : 1;

        // A tuned loss is tested at two rates, and costs a tuning of its own.
        var arms = settings.TuneLoss ? 2 : 1;
        var total = (arms * settings.TuningSeeds * settings.LearningRates.Length) + ((arms + 1) * settings.Seeds);
        var done = 0;
        SeededTrainings Under(TrainingSettings training) => new(
            new Trainer(place.Network, place.Task, training with { Horizons = [] }, protocol.Seed, protocol.Path), threads, count => progress?.Report(new MetaTestProgress(done += count, total)), cancellation);
        var underTask = Under(protocol.Training);

        // SGD under a loss divided by c takes the very steps it takes under the loss itself at a c-th of the rate with c times the weight decay.
        var underLoss = Under(protocol.Training with { WeightDecay = protocol.Training.WeightDecay * divisor });

        // The tuning's seeds come after the tested ones.
        var afterwards = settings.FirstReplicate + settings.Seeds;
        var tuning = underTask.Tune(LossFunction.Task, settings.LearningRates, 1, afterwards, settings.TuningSeeds, place.Task.Validation);
        var lossTuning = settings.TuneLoss
            ? underLoss.Tune(loss, settings.LearningRates, divisor, afterwards, settings.TuningSeeds, place.Task.Validation)
            : [];

        var ownRate = protocol.Training.LearningRate;
        double[] rates = settings.TuneLoss ? [.. new[] { TuningPoint.Best(lossTuning).LearningRate, ownRate }.Distinct()] : [ownRate];
        var baselineRate = TuningPoint.Best(tuning).LearningRate;
        var learned = underLoss.Errors([.. rates.Select(rate => new Trial(loss, rate / divisor))], settings.FirstReplicate, settings.Seeds, place.Task.Test);
        var baseline = underTask.Errors([new Trial(LossFunction.Task, baselineRate)], settings.FirstReplicate, settings.Seeds, place.Task.Test)[0];

        var regression = place.Task.Shape.Kind == TaskKind.Regression;
        double? unit = regression ? place.Task.TargetDeviation * place.Task.TargetDeviation : null;
        return new MetaTestReport
        {
            Dataset = protocol.Task.Dataset,
            DataHash = place.Task.Hash,
            Network = place.Network.Name,
            Metric = regression ? "mean squared error" : "error rate",
            Steps = protocol.Training.Steps,
            Scale = scale,
            IsRescaled = rescales,
            Learned = MetaTestArm.Of(rates[0], learned[0], unit),
            Baseline = MetaTestArm.Of(baselineRate, baseline, unit),
            Comparison = PairedComparison.Of(learned[0], baseline),
            Untuned = settings.TuneLoss ? MetaTestArm.Of(ownRate, learned[^1], unit) : null,
            UntunedComparison = settings.TuneLoss ? PairedComparison.Of(learned[^1], baseline) : null,
            Tuning = tuning,
            LossTuning = lossTuning,
        };
    }
}
