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
    /// Trains a cohort. Batches and weights depend on seed and replicate, nothing on the other members. Several dense networks share their matrix products, several without rules written by hand their passes of autograd, and
    /// each gets what it would have got alone but for rounding; a cohort of one, and everything else, to the last bit. A member that diverges or that a rung stops leaves, and
    /// costs nothing from then on.
    /// </summary>
    /// <param name="trials">The members.</param>
    /// <param name="replicate">Chooses initial weights and batch order; not negative.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <returns>One network per trial, in order; the caller disposes them.</returns>
    public IReadOnlyList<TrainedNetwork> TrainCohort(IReadOnlyList<Trial> trials, int replicate, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(replicate);
        var batches = new BatchSequence(task.Training.Count, settings.BatchSize, seed, (ulong)replicate);
        var cohort = Form(trials, batches.Size, network.Initialise(WeightStreams.Fitness(seed, replicate)));
        var masks = DropoutMasks.Fitness(seed, replicate);
        TrainingRun[] runs = [.. trials.Select(trial => new TrainingRun(trial, settings.Steps, settings.StepsOfHorizons()))];
        try
        {
            TrainingRun[] active = runs;
            for (var step = 0; ; step++)
            {
                if (Array.Exists(active, run => run.HasEnded))
                {
                    (cohort, active) = Part(cohort, active);
                }

                if (active.Length == 0)
                {
                    break;
                }

                cancellation.ThrowIfCancellationRequested();
                Step(cohort, active, batches, ForwardPass.Training(masks, step), LearningRateSchedule.Factor(settings, step));
            }

            return [.. runs.Select(run => new TrainedNetwork(network, task.Shape.Link, run))];
        }
        catch
        {
            Array.ForEach([.. runs.SelectMany(run => run.State ?? [])], tensor => tensor.Dispose());
            throw;
        }
        finally
        {
            cohort.Dispose();
        }
    }

    private void Step(ICohort cohort, TrainingRun[] runs, BatchSequence batches, ForwardPass pass, double factor)
    {
        using var scope = NewDisposeScope();
        var (inputs, targets) = task.Training.Select(batches);
        var diverged = new bool[runs.Length];
        cohort.Step(inputs, targets, pass, Array.ConvertAll(runs, run => run.LearningRate * factor), diverged);
        for (var i = 0; i < runs.Length; i++)
        {
            var member = i;
            runs[i].Advance(diverged[i], () => Error(cohort, member));
        }
    }

    private double Error(ICohort cohort, int member)
    {
        var state = cohort.Release(member);
        try
        {
            return Metrics.Error(network, state, task.Validation, task.Shape.Link);
        }
        finally
        {
            Array.ForEach(state, tensor => tensor.Dispose());
        }
    }

    // Those who have ended take their state, and the cohort goes on without them.
    private static (ICohort Cohort, TrainingRun[] Runs) Part(ICohort cohort, TrainingRun[] runs)
    {
        var staying = new List<int>(runs.Length);
        for (var i = 0; i < runs.Length; i++)
        {
            if (runs[i].HasEnded)
            {
                runs[i].State = cohort.Release(i);
            }
            else
            {
                staying.Add(i);
            }
        }

        return staying.Count == 0 ? (cohort, []) : (cohort.Keep(staying), [.. staying.Select(i => runs[i])]);
    }

    private ICohort Form(IReadOnlyList<Trial> trials, int batch, float[][] initial)
    {
        var link = task.Shape.Link;
        switch (network)
        {
            case DenseNetwork dense when IsBatched:
                return new TensorCohort(dense, link, trials, settings, initial, task.Type, task.Device);
            case SequentialNetwork layers when IsBatched || (trials.Count > 1 && path == TrainingPath.Automatic && !Backpropagation.HasRules(layers)):
                return new LayerCohort(layers, link, trials, settings, initial, task.Type, task.Device);
            case DenseNetwork dense when trials.Count > 1 && IsCompiled:
                return task.Type == ScalarType.Float64
                    ? new DenseCohort<double>(dense, link, trials, settings, batch, initial)
                    : new DenseCohort<float>(dense, link, trials, settings, batch, initial);
        }

        var trainees = new List<ITrainee>(trials.Count);
        try
        {
            trainees.AddRange(trials.Select(trial => Enrol(trial, batch, initial)));
            return new SeparateCohort(trainees);
        }
        catch
        {
            trainees.ForEach(trainee => trainee.Dispose());
            throw;
        }
    }

    /// <summary>Whether cohorts are trained by rules written by hand on the host, which keep no more than one thread busy: several cohorts at a time use more.</summary>
    public bool ComputesOnOneThread => IsCompiled && Backpropagation.HasRules(network);

    private bool IsCompiled => path switch
    {
        TrainingPath.Automatic => task.Device.type == DeviceType.CPU,
        TrainingPath.Compiled when task.Device.type != DeviceType.CPU => throw new NotSupportedException(
            "The compiled path reads host memory and works on the CPU only."),
        _ => path == TrainingPath.Compiled,
    };

    private bool IsBatched => path == TrainingPath.Batched || (path == TrainingPath.Automatic && !IsCompiled);

    private ITrainee Enrol(Trial trial, int batch, float[][] initial)
    {
        var link = task.Shape.Link;
        return (ComputesOnOneThread, task.Type) switch
        {
            (false, _) => new PlainTrainee(network, link, trial.Loss, settings, initial, task.Type, task.Device),
            (true, ScalarType.Float64) => new CompiledTrainee<double>(network, link, trial.Loss, settings, batch, initial),
            _ => new CompiledTrainee<float>(network, link, trial.Loss, settings, batch, initial),
        };
    }
}
