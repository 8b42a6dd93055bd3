using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using TorchSharp;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>Trains cohorts: networks of one replicate that differ in their losses only, and so share initial weights and every batch.</summary>
/// <param name="network">The base network.</param>
/// <param name="task">The data.</param>
/// <param name="settings">How to train; each trial brings its own learning rate.</param>
/// <param name="seed">The protocol's seed.</param>
/// <param name="path">How steps are computed.</param>
public sealed class Trainer(
    INetwork network, LearningTask task, TrainingSettings settings, ulong seed, TrainingPath path = TrainingPath.Automatic)
{
    /// <summary>Trains one network; see <see cref="TrainCohort"/>.</summary>
    public TrainedNetwork Train(Trial trial, int replicate, CancellationToken cancellation = default) =>
        TrainCohort([trial], replicate, cancellation)[0];

    /// <summary>
    /// Trains a cohort. Each result is what the trial would have got alone: batches and weights depend on seed and replicate, nothing on the other members.
    /// </summary>
    /// <param name="trials">The members.</param>
    /// <param name="replicate">Chooses initial weights and batch order; not negative.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <returns>One network per trial, in order; the caller disposes them.</returns>
    public IReadOnlyList<TrainedNetwork> TrainCohort(IReadOnlyList<Trial> trials, int replicate, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(replicate);
        var batches = new BatchSequence(task.Training.Count, settings.BatchSize, seed, (ulong)replicate);
        var initial = network.Initialise(WeightStreams.Fitness(seed, replicate));
        var trainees = new List<ITrainee>(trials.Count);
        try
        {
            trainees.AddRange(trials.Select(trial => Enrol(trial, batches.Size, initial)));
            var steps = new int[trials.Count];
            var diverged = new bool[trials.Count];
            for (var step = 0; step < settings.Steps && Array.Exists(diverged, d => !d); step++)
            {
                cancellation.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                var (inputs, targets) = task.Training.Select(batches);
                var factor = LearningRateSchedule.Factor(settings, step);
                for (var i = 0; i < trainees.Count; i++)
                {
                    if (!diverged[i])
                    {
                        diverged[i] = !trainees[i].Step(inputs, targets, trials[i].LearningRate * factor);
                        steps[i]++;
                    }
                }
            }

            return [.. trainees.Select((trainee, i) => new TrainedNetwork(network, task.Shape.Link, trainee, steps[i], diverged[i]))];
        }
        catch
        {
            trainees.ForEach(trainee => trainee.Dispose());
            throw;
        }
    }

    private ITrainee Enrol(Trial trial, int batch, float[][] initial)
    {
        var link = task.Shape.Link;
        var compiled = path switch
        {
            TrainingPath.Automatic => task.Device.type == DeviceType.CPU,
            TrainingPath.Compiled when task.Device.type != DeviceType.CPU => throw new NotSupportedException(
                "The compiled path reads host memory and works on the CPU only."),
            _ => path == TrainingPath.Compiled,
        };
        return (compiled, task.Type) switch
        {
            (false, _) => new PlainTrainee(network, link, trial.Loss, settings, initial, task.Type, task.Device),
            (true, ScalarType.Float64) => new CompiledTrainee<double>(network, link, trial.Loss, settings, batch, initial),
            _ => new CompiledTrainee<float>(network, link, trial.Loss, settings, batch, initial),
        };
    }
}
