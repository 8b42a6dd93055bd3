using System.Collections.Immutable;
using LossActors.Expressions;
using LossActors.Learning.Laboratory;
using LossActors.Learning.Losses;
using LossActors.Learning.Protocols;
using LossActors.Learning.Training;

namespace LossActors.Learning.MetaTesting;

/// <summary>
/// Meta-testing: fresh networks are trained on the training part under a loss and under the task loss, whose learning rate is tuned on the validation part; both are measured on the
/// test part, which nothing else ever sees. Both trainings of a seed share initial weights and batches.
/// </summary>
public static class MetaTest
{
    /// <summary>Runs a meta-test. Blocks the calling thread, which must stay the same (TorchSharp's scopes are per thread).</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="protocol">Task, network and training; another task or network than the loss was found on makes it a transfer.</param>
    /// <param name="settings">Seeds and learning rates.</param>
    /// <param name="device"><c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</param>
    /// <param name="threads">Computing threads.</param>
    /// <param name="progress">Told after each training.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <exception cref="Datasets.DataException">The data is missing or malformed.</exception>
    /// <exception cref="Networks.NetworkException">The network does not exist or does not fit the data.</exception>
    /// <exception cref="Native.EnvironmentException">The device or a native library is missing.</exception>
    public static MetaTestReport Run(
        Expression loss,
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
        var trainer = new Trainer(place.Network, place.Task, protocol.Training, protocol.Seed, protocol.Path);
        var total = (settings.TuningSeeds * settings.BaselineLearningRates.Length) + (2 * settings.Seeds);
        var done = 0;
        void Trained(int count) => progress?.Report(new MetaTestProgress(done += count, total));

        // The tuning's seeds come after the tested ones.
        var tuning = BaselineTuning.Tune(
            trainer, place.Task.Validation, settings.BaselineLearningRates, settings.FirstReplicate + settings.Seeds, settings.TuningSeeds, Trained, cancellation);
        var learned = new Trial(LossFunction.Of(loss), settings.LearningRate ?? protocol.Training.LearningRate);
        var baseline = new Trial(LossFunction.Task, TuningPoint.Best(tuning).LearningRate);
        var (learnedErrors, baselineErrors) = (ImmutableArray.CreateBuilder<double>(), ImmutableArray.CreateBuilder<double>());
        for (var seed = 0; seed < settings.Seeds; seed++)
        {
            var pair = trainer.TrainCohort([learned, baseline], settings.FirstReplicate + seed, cancellation);
            learnedErrors.Add(BaselineTuning.ErrorAndDispose(pair[0], place.Task.Test));
            baselineErrors.Add(BaselineTuning.ErrorAndDispose(pair[1], place.Task.Test));
            Trained(pair.Count);
        }

        var regression = place.Task.Shape.Kind == TaskKind.Regression;
        double? unit = regression ? place.Task.TargetDeviation * place.Task.TargetDeviation : null;
        return new MetaTestReport(
            loss,
            protocol.Task.Dataset,
            place.Network.Name,
            regression ? "mean squared error" : "error rate",
            protocol.Training.Steps,
            MetaTestArm.Of(learned.LearningRate, learnedErrors.ToImmutable(), unit),
            MetaTestArm.Of(baseline.LearningRate, baselineErrors.ToImmutable(), unit),
            PairedComparison.Of(learnedErrors, baselineErrors),
            tuning);
    }
}
