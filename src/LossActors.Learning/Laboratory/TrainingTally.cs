using System.Collections.Immutable;
using LossActors.Evolution.Evaluation;
using LossActors.Learning.Training;

namespace LossActors.Learning.Laboratory;

/// <summary>What one candidate's networks have come to, replicate by replicate. The rungs are those of the first one.</summary>
/// <param name="trial">The candidate.</param>
/// <param name="wholeSteps">Training steps that all its replicates would take.</param>
internal sealed class TrainingTally(Trial trial, int wholeSteps)
{
    private readonly ImmutableArray<double>.Builder _errors = ImmutableArray.CreateBuilder<double>();
    private ImmutableArray<double> _curve = [];
    private bool _stopped;
    private bool _diverged;

    /// <summary>What its next network is trained by.</summary>
    public Trial Next => _errors.Count == 0 ? trial : trial with { Rungs = [] };

    /// <summary>Training steps taken.</summary>
    public int Steps { get; private set; }

    /// <summary>Whether no network of it is to be trained any more.</summary>
    public bool IsOver => _stopped || _diverged || Steps == wholeSteps;

    /// <summary>Takes a network in, and disposes it.</summary>
    public void Add(TrainedNetwork network, LearningPart validation)
    {
        using (network)
        {
            Steps += network.Steps;
            _curve = _curve.AddRange(network.Curve);

            // Where nothing is left to be saved, the last rung says nothing but the fitness.
            _stopped = network.Stopped && Steps < wholeSteps;
            if (!_stopped)
            {
                _errors.Add(network.Diverged ? double.NaN : network.Error(validation));
                _diverged = !double.IsFinite(_errors[^1]);
            }
        }
    }

    /// <summary>The answer.</summary>
    public Finding Finding(double seconds) => new Finding.Trained(IsWhole ? _errors.ToImmutable() : [], Steps, _diverged, seconds)
    {
        Curve = _curve, SavedSteps = _stopped ? wholeSteps - Steps : 0,
    };

    private bool IsWhole => !_stopped && !_diverged;
}
