using System.Collections.Immutable;
using LossActors.Evolution.Racing;
using LossActors.Learning.Losses;

namespace LossActors.Learning.Training;

/// <summary>One network to train.</summary>
/// <param name="Loss">The loss.</param>
/// <param name="LearningRate">The base learning rate.</param>
public sealed record Trial(LossFunction Loss, double LearningRate)
{
    /// <summary>Where it is measured on the way, and may be stopped; from the lowest.</summary>
    public ImmutableArray<Rung> Rungs { get; init; } = [];
}
