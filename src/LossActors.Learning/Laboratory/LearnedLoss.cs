using System.Collections.Immutable;
using LossActors.Evolution.Evaluation;
using LossActors.Learning.Losses.Neural;

namespace LossActors.Learning.Laboratory;

/// <summary>What came of training a neural loss and measuring it. A finding of a kind that no island asks for.</summary>
/// <param name="Network">The loss that whole trainings chose along its training.</param>
/// <param name="Before">Mean validation error under the random network that it began as; +∞ where training failed.</param>
/// <param name="After">The same under <paramref name="Network"/>, on the same base networks.</param>
/// <param name="MetaSteps">Meta steps taken.</param>
/// <param name="LearningSteps">Training steps taken to learn it: the inner steps of every meta step, and those of the whole trainings that chose.</param>
/// <param name="Replicates">Its fitness on each replicate (validation error); empty when one diverged.</param>
/// <param name="TrainedSteps">Training steps taken for the fitness.</param>
/// <param name="Seconds">Wall time spent.</param>
public sealed record LearnedLoss(
    NeuralLoss Network,
    double Before,
    double After,
    int MetaSteps,
    long LearningSteps,
    ImmutableArray<double> Replicates,
    int TrainedSteps,
    double Seconds) : Finding(Seconds);
