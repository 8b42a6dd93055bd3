using System.Collections.Immutable;
using MathNet.Numerics.Statistics;

namespace LossActors.Studies.Throughput;

/// <summary>What the throughput study found.</summary>
/// <param name="Experiment">What was trained.</param>
/// <param name="Settings">What the study set otherwise.</param>
/// <param name="Processors">Of the machine.</param>
/// <param name="Sides">The searches, in the order in which they ran.</param>
internal sealed record ThroughputResult(string Experiment, ImmutableArray<string> Settings, int Processors, ImmutableArray<ThroughputSide> Sides)
{
    /// <summary>Of each pair: the throughput of two evaluators over that of one.</summary>
    public ImmutableArray<double> Ratios =>
    [
        .. from one in Sides
           from two in Sides
           where one.Evaluators == 1 && two.Evaluators == 2 && one.Pair == two.Pair
           orderby one.Pair
           select two.StepsPerSecond / one.StepsPerSecond,
    ];

    /// <summary>Their median; NaN: there is no pair yet.</summary>
    public double MedianRatio => Ratios.Median();
}
