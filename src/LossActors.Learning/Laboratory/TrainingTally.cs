using System.Collections.Immutable;
using LossActors.Evolution.Evaluation;
using LossActors.Learning.Training;

namespace LossActors.Learning.Laboratory;

/// <summary>What one candidate's networks have come to: in each replicate one per task and division. The rungs are those of the very first one.</summary>
/// <param name="trial">The candidate, with the first task's learning rate.</param>
/// <param name="places">The tasks and their divisions, in the order in which they are trained.</param>
/// <param name="tasks">How many tasks the search has, whether it is trained on them or not.</param>
/// <param name="replicates">How many replicates there are to be.</param>
internal sealed class TrainingTally(Trial trial, ImmutableArray<Workplace> places, int tasks, int replicates)
{
    private readonly int _wholeSteps = replicates * places.Sum(place => place.Protocol.Training.Steps);
    private readonly List<double> _errors = [];
    private readonly List<ImmutableArray<double>> _byLength = [];
    private ImmutableArray<double> _curve = [];
    private bool _stopped;
    private bool _diverged;

    /// <summary>What its next network is trained by.</summary>
    public Trial Next => trial with
    {
        // Other tasks have rates of their own, which a baseline's scales with the first one's.
        LearningRate = trial.LearningRate * (Place.Protocol.Training.LearningRate / places[0].Protocol.Training.LearningRate),
        Rungs = _errors.Count == 0 ? trial.Rungs : [],
    };

    /// <summary>Training steps taken.</summary>
    public int Steps { get; private set; }

    /// <summary>Whether no network of it is to be trained any more.</summary>
    public bool IsOver => _stopped || _diverged || Steps == _wholeSteps;

    /// <summary>Takes a network in, and disposes it.</summary>
    public void Add(TrainedNetwork network)
    {
        using (network)
        {
            Steps += network.Steps;
            _curve = _curve.AddRange(network.Curve);

            // Where nothing is left to be saved, the last rung says nothing but the fitness.
            _stopped = network.Stopped && Steps < _wholeSteps;
            if (!_stopped)
            {
                Measure(network);
            }
        }
    }

    private void Measure(TrainedNetwork network)
    {
        var errors = network.Diverged ? [double.NaN] : network.Errors(Place.Task.Validation);
        if (Place.Number == places[0].Number)
        {
            _byLength.Add(errors);
        }

        _errors.Add(errors.Average());
        _diverged = !double.IsFinite(_errors[^1]);
    }

    /// <summary>The answer.</summary>
    public Finding Finding(double seconds) => new Finding.Trained(IsWhole ? [.. _errors.Chunk(places.Length).Select(Mean)] : [], Steps, _diverged, seconds)
    {
        Curve = _curve,
        SavedSteps = _stopped ? _wholeSteps - Steps : 0,
        TaskErrors = IsWhole && tasks > 1 ? [.. Enumerable.Range(0, tasks).Select(ErrorOn)] : [],
        HorizonErrors = IsWhole && _byLength[0].Length > 1 ? [.. _byLength[0].Select((_, length) => _byLength.Average(errors => errors[length]))] : [],
    };

    private Workplace Place => places[_errors.Count % places.Length];

    private double ErrorOn(int task) =>
        _errors.Where((_, i) => places[i % places.Length].Number == task).DefaultIfEmpty(double.NaN).Average();

    private bool IsWhole => !_stopped && !_diverged;

    private double Mean(double[] errors) => errors.Zip(places, (error, place) => error / place.ErrorUnit * place.Share).Sum();
}
