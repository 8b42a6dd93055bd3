using System.Collections.Immutable;
using LossActors.Evolution.Racing;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>One member of a cohort on its way: how far it has come, what its rungs and horizons have shown, and the state it ended with.</summary>
/// <param name="trial">The member.</param>
/// <param name="length">Steps of a whole training.</param>
/// <param name="horizons">After which steps its error is part of its fitness, besides the end; rising.</param>
internal sealed class TrainingRun(Trial trial, int length, ImmutableArray<int> horizons)
{
    private readonly ImmutableArray<double>.Builder _curve = ImmutableArray.CreateBuilder<double>();
    private readonly ImmutableArray<double>.Builder _atHorizons = ImmutableArray.CreateBuilder<double>();

    /// <summary>Its base learning rate.</summary>
    public double LearningRate => trial.LearningRate;

    /// <summary>Steps taken, the one that met NaN included.</summary>
    public int Steps { get; private set; }

    /// <summary>Whether NaN or infinity was met.</summary>
    public bool Diverged { get; private set; }

    /// <summary>Whether a rung stopped it.</summary>
    public bool Stopped { get; private set; }

    /// <summary>The error at each rung so far.</summary>
    public ImmutableArray<double> Curve => _curve.ToImmutable();

    /// <summary>The error at each horizon so far.</summary>
    public ImmutableArray<double> AtHorizons => _atHorizons.ToImmutable();

    /// <summary>Whether it takes no more steps.</summary>
    public bool HasEnded => Diverged || Stopped || Steps >= length;

    /// <summary>The network's state that it ended with; null while it goes on.</summary>
    public Tensor[]? State { get; set; }

    /// <summary>A step was taken.</summary>
    /// <param name="diverged">It met NaN or infinity.</param>
    /// <param name="error">Measures the validation error now; asked on rungs and horizons only, and once.</param>
    public void Advance(bool diverged, Func<double> error)
    {
        Steps++;
        Diverged = diverged;
        double? measured = null;
        while (!HasFallen && _curve.Count < trial.Rungs.Length && trial.Rungs[_curve.Count].Step(length) <= Steps)
        {
            measured ??= error();
            Pass(trial.Rungs[_curve.Count], measured.Value);
        }

        while (!HasFallen && _atHorizons.Count < horizons.Length && horizons[_atHorizons.Count] <= Steps)
        {
            measured ??= error();
            _atHorizons.Add(measured.Value);
            Diverged = !double.IsFinite(measured.Value);
        }
    }

    private bool HasFallen => Diverged || Stopped;

    private void Pass(Rung rung, double error)
    {
        if (!double.IsFinite(error))
        {
            Diverged = true;
            return;
        }

        _curve.Add(error);
        Stopped = error > rung.Bar;
    }
}
