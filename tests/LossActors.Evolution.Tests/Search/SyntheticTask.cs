using System.Collections.Immutable;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Tests.Simulation;
using LossActors.Expressions;

namespace LossActors.Evolution.Tests.Search;

/// <summary>
/// A loss search without networks: the closer an expression's slope in f is to that of a target loss, the fitter it is. The gates are those of
/// the real thing: no slope, slopes that lead away from the target, slopes equal to two digits.
/// </summary>
internal sealed class SyntheticTask(Func<double, double, double> targetSlope) : IOracle
{
    private const double Step = 1e-4;

    private static readonly ImmutableArray<(double Y, double F)> s_points =
        [.. from y in new[] { 0.0, 1.0 } from i in Enumerable.Range(1, 12) select (y, i / 13.0)];

    public Finding Answer(Assignment assignment)
    {
        var slopes = s_points.Select(p => Slope(assignment.Expression, p.Y, p.F)).ToList();
        return assignment.Stage switch
        {
            Stage.Screen => Screen(slopes),
            Stage.Train => new Finding.Trained([Distance(slopes)], 500, Diverged: false, 1.0),
            _ => new Finding.Refined(Tune(assignment.Expression), 1, 1, 250, 1.0),
        };
    }

    private Finding.Screened Screen(List<double> slopes)
    {
        var leadsTo = s_points.Zip(slopes, (p, slope) => slope * targetSlope(p.Y, p.F)).Sum();
        return slopes.TrueForAll(s => s == 0) ? new(Gate.ZeroGradient, default, 0.1)
            : leadsTo is not (> 0 and < double.PositiveInfinity) ? new(Gate.Rejected, default, 0.1)
            : new(Gate.Passed, Fingerprint(slopes), 0.1);
    }

    private double Distance(List<double> slopes) =>
        s_points.Zip(slopes, (p, slope) => Math.Min(10, Math.Abs(slope - targetSlope(p.Y, p.F)))).Average();

    // Coordinate descent by a few fixed factors, one coefficient after the other: a stand-in for meta-gradients.
    private Expression Tune(Expression expression)
    {
        var best = expression;
        for (var i = 0; i < expression.Count; i++)
        {
            best = new[] { 1.0, 0.5, 0.8, 1.25, 2.0 }
                .Select(factor => best.WithWeights([.. best.Weights.Select((w, k) => k == i ? w * factor : w)]))
                .MinBy(e => Distance([.. s_points.Select(p => Slope(e, p.Y, p.F))]))!;
        }

        return best;
    }

    private static double Slope(Expression expression, double y, double f) =>
        (Formula.Value(expression, y, f + Step) - Formula.Value(expression, y, f - Step)) / (2 * Step);

    private static UInt128 Fingerprint(List<double> slopes)
    {
        var hash = UInt128.One;
        foreach (var slope in slopes)
        {
            var size = Math.Abs(slope);
            var scale = size == 0 ? 1 : Math.Pow(10, Math.Floor(Math.Log10(size)) - 1);
            hash = (hash * 1_000_003) ^ (UInt128)BitConverter.DoubleToUInt64Bits(Math.Round(size / scale) * scale);
        }

        return hash;
    }
}
