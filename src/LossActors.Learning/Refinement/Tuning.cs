using LossActors.Learning.Losses;
using LossActors.Learning.Protocols;
using LossActors.Learning.Training;

namespace LossActors.Learning.Refinement;

/// <summary>The parameters of one loss on their way down the objective: an expression's coefficients, a network's weights.</summary>
/// <param name="loss">The loss.</param>
/// <param name="start">Parameters to begin with.</param>
/// <param name="settings">How many steps, and how large.</param>
/// <param name="guess">The task loss of a network that knows nothing of its inputs.</param>
internal sealed class Tuning(LossFunction loss, double[] start, RefinementSettings settings, double guess)
{
    private readonly Plateau _plateau = new(settings.Patience);
    private readonly Divergence _divergence = new(guess);
    private readonly List<LossFunction> _checkpoints = [];
    private readonly double[] _good = [.. start];
    private Adam _adam = new(start.Length, settings.LearningRate);
    private int _returns;

    /// <summary>The loss as it came.</summary>
    public LossFunction Loss => loss;

    /// <summary>The parameters now.</summary>
    public double[] Parameters => start;

    /// <summary>The loss with them.</summary>
    public LossFunction Tuned => loss.With(start);

    /// <summary>What is to be tried in whole trainings, in the order of the steps; the end of the way is among them.</summary>
    public IReadOnlyList<LossFunction> Checkpoints => _checkpoints;

    /// <summary>Meta steps made.</summary>
    public int Steps { get; private set; }

    /// <summary>Meta-gradients asked for: those that were not followed are among them.</summary>
    public int Tried { get; private set; }

    /// <summary>Whether there is nothing more to do: the steps are made, meta-gradients diverged too often, or the objective no longer falls.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Makes a step, or goes back to where the last good meta-gradient was computed.</summary>
    public void Follow(MetaGradient meta)
    {
        Tried++;
        if (_divergence.IsSeenIn(meta))
        {
            Return();
        }
        else
        {
            Steps++;
            start.CopyTo(_good, 0);
            Clip(meta.Gradient);
            _adam.Step(start, meta.Gradient);
            IsOver = _plateau.IsReachedBy(meta.TaskLoss);
        }

        IsOver |= Tried == settings.Steps;
        if (Steps > 0 && settings.Checkpoints > 0 && (IsOver || IsCheckpoint))
        {
            _checkpoints.Add(Tuned);
        }
    }

    private bool IsCheckpoint => (long)Tried * settings.Checkpoints / settings.Steps > (Tried - 1L) * settings.Checkpoints / settings.Steps;

    // Before the first step there is nothing to go back to. Adam's moments are those of the way that led astray.
    private void Return()
    {
        _good.CopyTo(start, 0);
        IsOver = Steps == 0 || _returns == settings.Retries;
        _returns++;
        _adam = new(start.Length, settings.LearningRate * Math.Pow(0.5, _returns));
    }

    // Adam forgets a gradient's scale but not a single outlier: one exploding meta step would stall the next hundreds.
    private void Clip(double[] gradient)
    {
        var norm = Math.Sqrt(gradient.Sum(g => g * g));
        if (settings.Clip > 0 && norm > settings.Clip)
        {
            for (var i = 0; i < gradient.Length; i++)
            {
                gradient[i] *= settings.Clip / norm;
            }
        }
    }
}
