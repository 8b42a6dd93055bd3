using System.Collections.Immutable;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Racing;
using LossActors.Expressions;
using LossActors.Learning.Datasets;
using LossActors.Learning.Filters;
using LossActors.Learning.Losses;
using LossActors.Learning.Losses.Neural;
using LossActors.Learning.Native;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using LossActors.Learning.Refinement;
using LossActors.Learning.Training;

namespace LossActors.Learning.Laboratory;

/// <summary>
/// Where one evaluator slot does its work: the data of a search's tasks on one device and the means to screen, train and refine losses on it.
/// Every answer is a pure function of (expression, protocol, replicate) but for the seconds.
/// Not thread-safe: one bench, one dedicated thread, no await (TorchSharp's scopes and errors are thread-static).
/// </summary>
public sealed class Bench : IDisposable
{
    private readonly EvaluationProtocol _protocol;
    private readonly TimeProvider _time;
    private readonly ImmutableArray<Workplace> _places;
    private readonly ImmutableArray<(int Task, Gates Gates)> _gates;
    private readonly Dictionary<TaskSet, Bench> _parts = [];
    private readonly bool _isPart;

    private Bench(EvaluationProtocol protocol, TimeProvider time, ImmutableArray<Workplace> places)
    {
        _protocol = protocol;
        _time = time;
        _places = places;
        _gates = [.. places.Where(place => place.Division == 0).Select(place => (place.Number, new Gates(
            ProbeSample.Draw(place.Network, place.Task, protocol.Filters.Sample, protocol.Seed), protocol.Filters, place.Protocol.Training.LearningRate)))];
    }

    private Bench(Bench whole, TaskSet tasks)
    {
        (_protocol, _time, _isPart) = (whole._protocol, whole._time, true);
        var places = whole._places.Where(place => tasks.Contains(place.Number)).ToList();
        var share = places.Sum(place => place.Share);
        _places = [.. places.Select(place => place with { Share = place.Share / share })];
        _gates = [.. whole._gates.Where(gates => tasks.Contains(gates.Task))];
    }

    /// <summary>Loads the tasks' data onto a device.</summary>
    /// <param name="protocol">Tasks, networks, settings and seed.</param>
    /// <param name="device"><c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</param>
    /// <param name="threads">Computing threads of the calling thread, which must be the one that uses the bench. With 1 results are equal bit for bit.</param>
    /// <param name="time">Measures the seconds; null: the system's clock.</param>
    /// <exception cref="DataException">The data is missing or malformed.</exception>
    /// <exception cref="NetworkException">The network does not exist or does not fit the data.</exception>
    /// <exception cref="EnvironmentException">The device or a native library is missing.</exception>
    public static Bench Open(EvaluationProtocol protocol, string device, int threads = 1, TimeProvider? time = null)
    {
        var places = Workplace.OpenAll(protocol, device, threads);
        try
        {
            return new Bench(protocol, time ?? TimeProvider.System, places);
        }
        catch
        {
            Array.ForEach([.. places], place => place.Dispose());
            throw;
        }
    }

    /// <summary>Hashes of the data of its tasks; see <see cref="DataHashes"/>.</summary>
    public string DataHash => DataHashes.Join(_places.Where(place => place.Division == 0).Select(place => place.Task.Hash));

    /// <summary>This bench for some of the search's tasks, in their own proportions. What it works with is this bench's, and ends with it.</summary>
    /// <exception cref="ArgumentException">None of the tasks is one of the search's.</exception>
    public Bench On(TaskSet tasks)
    {
        if (tasks.IsAll)
        {
            return this;
        }

        if (!_parts.TryGetValue(tasks, out var part))
        {
            part = _places.Any(place => tasks.Contains(place.Number)) ? new Bench(this, tasks) : throw new ArgumentException($"This search has no {tasks}.", nameof(tasks));
            _parts.Add(tasks, part);
        }

        return part;
    }

    /// <summary>The gates: zero gradient, rejection protocol, gradient fingerprint. A loss has to pass on every task (its first division), and two are equivalent that are on all. Answers Screened.</summary>
    public Finding Screen(Expression expression, CancellationToken cancellation = default)
    {
        var start = _time.GetTimestamp();
        var fingerprints = new List<UInt128>(_gates.Length);
        foreach (var (_, gates) in _gates)
        {
            var (gate, fingerprint) = gates.Screen(expression, cancellation);
            if (gate != Gate.Passed)
            {
                return new Finding.Screened(gate, fingerprint, Seconds(start));
            }

            fingerprints.Add(fingerprint);
        }

        return new Finding.Screened(Gate.Passed, GradientFingerprint.Of(fingerprints), Seconds(start));
    }

    /// <summary>The most candidates that are faster to train together than one after the other, on these networks and this device.</summary>
    public int LargestCohort => _protocol.Path == TrainingPath.Plain ? 1 : _places.Min(place => place.LargestCohort);

    /// <summary>
    /// Trains fresh networks under each loss, all together: each finding is that of the loss alone but for rounding, and of one loss to the last bit.
    /// <paramref name="firstReplicate"/> chooses fresh seeds: the search uses 0, re-measurements go on from there. Of several tasks, or divisions of one, each replicate has one network each, and
    /// their weighted mean. Rungs lie in the first network of each loss, on the first task; one that they stop has no others.
    /// </summary>
    /// <returns>One per loss, in order; the seconds are shared out by steps.</returns>
    public ImmutableArray<Finding> Train(
        IReadOnlyCollection<Entrant> entrants, int firstReplicate, int replicates, CancellationToken cancellation = default) => Train(
            [.. entrants.Select(entrant => new Trial(LossFunction.Of(entrant.Expression), LearningRate) { Rungs = entrant.Rungs })],
            firstReplicate,
            replicates,
            cancellation);

    /// <summary>One loss without rungs; see <see cref="Train(IReadOnlyCollection{Entrant}, int, int, CancellationToken)"/>.</summary>
    public Finding Train(Expression expression, int firstReplicate, int replicates, CancellationToken cancellation = default) =>
        Train([new Entrant(expression)], firstReplicate, replicates, cancellation)[0];

    /// <summary>The most losses that are faster to tune together than one after the other.</summary>
    public int LargestRefinement => _protocol.Path == TrainingPath.Plain ? 1 : Refiner.LargestCohort;

    /// <summary>
    /// Tunes the coefficients of some losses by unrolled meta-gradients, side by side: each gets what it would get alone but for rounding, and one loss to the last bit.
    /// </summary>
    /// <returns>One per loss, in order: Refined, or Failed where not even the first meta-gradient is finite. The seconds are shared out equally.</returns>
    public ImmutableArray<Finding> Refine(IReadOnlyList<Expression> expressions, CancellationToken cancellation = default)
    {
        var start = _time.GetTimestamp();
        var findings = Refiner.RefineCohort(expressions, cancellation);
        var seconds = Seconds(start) / Math.Max(1, findings.Length);
        return [.. findings.Select(finding => finding with { Seconds = seconds })];
    }

    /// <summary>One loss; see <see cref="Refine(IReadOnlyList{Expression}, CancellationToken)"/>.</summary>
    public Finding Refine(Expression expression, CancellationToken cancellation = default) => Refine([expression], cancellation)[0];

    /// <summary>
    /// Trains a neural loss from random weights (ML3), by the same meta-gradients that refinement tunes coefficients with, and then fresh networks under it.
    /// </summary>
    /// <returns><see cref="LearnedLoss"/>, or Failed where not even the first meta-gradient is finite.</returns>
    public Finding Learn(NeuralLoss start, int replicates, CancellationToken cancellation = default)
    {
        var began = _time.GetTimestamp();
        var outcome = Refiner.Learn(start, cancellation);
        if (outcome.Kept is not LossFunction.Neural kept)
        {
            return new Finding.Failed("the first meta-gradient is not finite", Poisonous: false, Seconds(began)) { TrainedSteps = outcome.TrainedSteps };
        }

        var trained = (Finding.Trained)Train([new Trial(kept, LearningRate)], 0, replicates, cancellation)[0];
        return new LearnedLoss(
            kept.Network, outcome.Before, outcome.After, outcome.MetaSteps, outcome.TrainedSteps, trained.Replicates, trained.Steps, Seconds(began));
    }

    /// <summary>Trains networks under neural losses; see <see cref="Train(IReadOnlyCollection{Entrant}, int, int, CancellationToken)"/>.</summary>
    public ImmutableArray<Finding> TrainNeural(IReadOnlyCollection<NeuralLoss> losses, int firstReplicate, int replicates, CancellationToken cancellation = default) =>
        Train([.. losses.Select(loss => new Trial(LossFunction.Of(loss), LearningRate))], firstReplicate, replicates, cancellation);

    /// <summary>Trains under the task loss (cross-entropy, or mean squared error) at some learning rates, which those of further tasks keep their ratio to: points of the baseline's tuning.</summary>
    public ImmutableArray<Finding> TrainBaseline(
        IReadOnlyCollection<double> learningRates, int firstReplicate, int replicates, CancellationToken cancellation = default) =>
        Train([.. learningRates.Select(rate => new Trial(LossFunction.Task, rate))], firstReplicate, replicates, cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isPart)
        {
            Array.ForEach([.. _places], place => place.Dispose());
        }
    }

    private ImmutableArray<Finding> Train(ImmutableArray<Trial> trials, int firstReplicate, int replicates, CancellationToken cancellation)
    {
        var start = _time.GetTimestamp();
        ImmutableArray<Trainer> trainers = [.. _places.Select(place => new Trainer(place.Network, place.Task, place.Protocol.Training, _protocol.Seed, _protocol.Path))];
        TrainingTally[] tallies = [.. trials.Select(trial => new TrainingTally(trial, _places, 1 + _protocol.FurtherTasks.Length, replicates))];
        for (var replicate = firstReplicate; replicate < firstReplicate + replicates; replicate++)
        {
            foreach (var trainer in trainers)
            {
                var going = Array.FindAll(tallies, tally => !tally.IsOver);
                foreach (var (tally, network) in going.Zip(trainer.TrainCohort([.. going.Select(tally => tally.Next)], replicate, cancellation)))
                {
                    tally.Add(network);
                }
            }
        }

        var secondsPerStep = Seconds(start) / Math.Max(1, tallies.Sum(tally => (long)tally.Steps));
        return [.. tallies.Select(tally => tally.Finding(secondsPerStep * tally.Steps))];
    }

    private Refiner Refiner => new(_places);

    private double LearningRate => _places[0].Protocol.Training.LearningRate;

    private double Seconds(long start) => _time.GetElapsedTime(start).TotalSeconds;
}
