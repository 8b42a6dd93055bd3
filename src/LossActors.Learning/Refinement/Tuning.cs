using LossActors.Learning.Losses;
using LossActors.Learning.Protocols;
using LossActors.Learning.Training;

namespace LossActors.Learning.Refinement;

/// <summary>The parameters of one loss on their way down the objective: an expression's coefficients, a network's weights.</summary>
/// <param name="loss">The loss.</param>
/// <param name="start">Parameters to begin with.</param>
/// <param name="settings">How many steps, and how large.</param>
internal sealed class Tuning(LossFunction loss, double[] start, RefinementSettings settings)
{
    // Adam forgets a gradient's scale but not a single outlier: one exploding meta step would stall the next hundreds.
    private const double LargestNorm = 10;

    private readonly Adam _adam = new(start.Length, settings.LearningRate);
    private readonly Plateau _plateau = new(settings.Patience);
    private readonly List<LossFunction> _checkpoints = [];

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

    /// <summary>Meta-gradients asked for: the one that was not finite is among them.</summary>
    public int Tried { get; private set; }

    /// <summary>Whether there is nothing more to do: the steps are made, a meta-gradient was not finite, or the objective no longer falls.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Makes a step, if the meta-gradient is finite.</summary>
    public void Follow(MetaGradient meta)
    {
        Tried++;
        if (!meta.IsFinite)
        {
            IsOver = true;
            return;
        }

        Steps++;
        Clip(meta.Gradient);
        _adam.Step(start, meta.Gradient);
        IsOver = _plateau.IsReachedBy(meta.TaskLoss) || Steps == settings.Steps;
        if (settings.Checkpoints > 0 && (IsOver || IsCheckpoint))
        {
            _checkpoints.Add(Tuned);
        }
    }

    private bool IsCheckpoint => (long)Steps * settings.Checkpoints / settings.Steps > (Steps - 1L) * settings.Checkpoints / settings.Steps;

    private static void Clip(double[] gradient)
    {
        var norm = Math.Sqrt(gradient.Sum(g => g * g));
        if (norm > LargestNorm)
        {
            for (var i = 0; i < gradient.Length; i++)
            {
                gradient[i] *= LargestNorm / norm;
            }
        }
    }
}
