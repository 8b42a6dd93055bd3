using System.Collections.Immutable;

namespace LossActors.Learning.MetaTesting;

/// <summary>The networks trained under one of the two losses.</summary>
/// <param name="LearningRate">The rate they were trained with.</param>
/// <param name="Errors">Test error per seed: error rate in [0, 1] or mean squared error on the standardised target; +∞ where the training diverged.</param>
/// <param name="Mean">Over all seeds; no number where any diverged, since the others alone would flatter the loss.</param>
/// <param name="MeanInTargetUnit">Regression: the same in the square of the target's own unit; null for classes.</param>
public sealed record MetaTestArm(double LearningRate, ImmutableArray<double> Errors, Interval Mean, Interval? MeanInTargetUnit)
{
    /// <summary>Seeds on which the training diverged.</summary>
    public int Diverged => Errors.Count(e => !double.IsFinite(e));

    internal static MetaTestArm Of(double learningRate, ImmutableArray<double> errors, double? unit)
    {
        var mean = Interval.Of(errors.All(double.IsFinite) ? errors : []);
        return new MetaTestArm(learningRate, errors, mean, unit is { } factor ? mean.Times(factor) : null);
    }
}
