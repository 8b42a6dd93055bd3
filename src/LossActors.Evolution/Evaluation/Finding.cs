using System.Collections.Immutable;
using LossActors.Expressions;

namespace LossActors.Evolution.Evaluation;

/// <summary>What an evaluator found out for an <see cref="Assignment"/>: plain data, a pure function of expression and protocol but for the seconds.</summary>
/// <param name="Seconds">Wall time spent.</param>
public abstract record Finding(double Seconds)
{
    /// <summary>Answer to <see cref="Stage.Screen"/>.</summary>
    /// <param name="Gate">Which gate stopped it, if any.</param>
    /// <param name="Fingerprint">
    /// Per-sample norms of dL/d(logits) on the probe sample, rounded to two significant digits and hashed; equal fingerprints
    /// are the gradient-equivalence gate. Zero unless the candidate passed.
    /// </param>
    /// <param name="Seconds">Wall time spent.</param>
    public sealed record Screened(Gate Gate, UInt128 Fingerprint, double Seconds) : Finding(Seconds);

    /// <summary>Answer to <see cref="Stage.Train"/>.</summary>
    /// <param name="Replicates">The fitness of each replicate (validation error, or its weighted mean over tasks; minimised); empty when diverged or stopped.</param>
    /// <param name="Steps">Training steps taken over all replicates.</param>
    /// <param name="Diverged">NaN or infinity was met.</param>
    /// <param name="Seconds">Wall time spent.</param>
    public sealed record Trained(ImmutableArray<double> Replicates, int Steps, bool Diverged, double Seconds) : Finding(Seconds)
    {
        /// <summary>The validation error at each rung that was reached, from the lowest.</summary>
        public ImmutableArray<double> Curve { get; init; } = [];

        /// <summary>Of a search with several tasks: the mean error over replicates on each, the main one first; NaN on those that it was not measured on, empty unless trained to the end.</summary>
        public ImmutableArray<double> TaskErrors { get; init; } = [];

        /// <summary>Of trainings with horizons: the mean error over replicates at each of them and at the end, on the first of its tasks; empty unless trained to the end.</summary>
        public ImmutableArray<double> HorizonErrors { get; init; } = [];

        /// <summary>Training steps that were left, over all replicates, when the last rung of <see cref="Curve"/> stopped it; 0: it was not stopped.</summary>
        public int SavedSteps { get; init; }

        /// <summary>Whether a rung stopped it.</summary>
        public bool IsStopped => SavedSteps > 0;

        /// <summary>The mean over replicates, or the error at the rung that stopped it; +∞ when diverged.</summary>
        public double Fitness => Diverged ? double.PositiveInfinity
            : IsStopped ? Curve.IsDefaultOrEmpty ? double.PositiveInfinity : Curve[^1]
            : Replicates.IsDefaultOrEmpty ? double.PositiveInfinity : Replicates.Average();
    }

    /// <summary>Answer to <see cref="Stage.Refine"/>.</summary>
    /// <param name="Tuned">The same tree with tuned coefficients, or what pruning left of it.</param>
    /// <param name="Before">Mean validation error with the first coefficients, on networks that neither fitness nor tuning used; +∞ where training failed, NaN where the tuning was taken untried.</param>
    /// <param name="After">The same with the tuned ones, on the same networks.</param>
    /// <param name="Steps">Meta steps taken.</param>
    /// <param name="Seconds">Wall time spent.</param>
    public sealed record Refined(Expression Tuned, double Before, double After, int Steps, double Seconds) : Finding(Seconds)
    {
        /// <summary>Training steps taken on the way: the inner steps of every meta step, and those of the whole trainings that chose.</summary>
        public long TrainedSteps { get; init; }
    }

    /// <summary>The work could not be done.</summary>
    /// <param name="Reason">One line.</param>
    /// <param name="Poisonous">It killed its evaluator K times and is not to be tried again.</param>
    /// <param name="Seconds">Wall time spent.</param>
    public sealed record Failed(string Reason, bool Poisonous, double Seconds) : Finding(Seconds)
    {
        /// <summary>Training steps that a failed refinement had taken.</summary>
        public long TrainedSteps { get; init; }
    }
}
