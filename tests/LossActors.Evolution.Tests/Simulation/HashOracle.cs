using System.Collections.Immutable;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Randomness;
using LossActors.Expressions;
using LossActors.Expressions.Canonical;

namespace LossActors.Evolution.Tests.Simulation;

/// <summary>Everything that can happen to a candidate, at odds close to the real ones, decided by its expression alone.</summary>
internal sealed class HashOracle : IOracle
{
    public Finding Answer(Assignment assignment)
    {
        var random = RandomStream.For((ulong)ExpressionKey.Exact(assignment.Expression).Value, (ulong)assignment.Stage, 0, Purpose.Probe);
        var seconds = random.NextDouble();
        var dice = random.NextDouble();
        return (assignment.Stage, dice) switch
        {
            (_, < 0.02) => new Finding.Failed("ran past its time limit", Poisonous: false, seconds),
            (_, < 0.04) => new Finding.Failed("killed three evaluators", Poisonous: true, seconds),
            (Stage.Refine, _) => new Finding.Refined(Tune(assignment.Expression, random), 1.0, 0.9, 250, seconds),
            (Stage.Screen, < 0.15) => new Finding.Screened(Gate.ZeroGradient, default, seconds),
            (Stage.Screen, < 0.40) => new Finding.Screened(Gate.Rejected, default, seconds),
            (Stage.Screen, _) => new Finding.Screened(Gate.Passed, (UInt128)random.NextInt(100), seconds),
            (_, < 0.10) => new Finding.Trained([], 17, Diverged: true, seconds),
            (_, < 0.15) => new Finding.Trained([double.NaN], 500, Diverged: false, seconds),
            _ => Train(assignment, Fitness(random), random, seconds),
        };
    }

    // Errors fall from rung to rung, to the fitness at the end.
    private static Finding.Trained Train(Assignment assignment, double fitness, RandomStream random, double seconds)
    {
        var curve = ImmutableArray.CreateBuilder<double>();
        foreach (var rung in assignment.Rungs)
        {
            curve.Add(rung.Divisor == 1 ? fitness : fitness + (random.NextInt(10) * rung.Divisor / 40.0));
            var steps = rung.Step(500);
            if (curve[^1] > rung.Bar && steps < 1000)
            {
                return new([], steps, Diverged: false, seconds) { Curve = curve.ToImmutable(), SavedSteps = 1000 - steps };
            }
        }

        return new([fitness], 1000, Diverged: false, seconds) { Curve = curve.ToImmutable() };
    }

    // Few levels, so that ties are common.
    private static double Fitness(RandomStream random) => random.NextInt(40) / 40.0;

    // Sometimes to the same weights for every structure alike, so that refined candidates repeat known ones.
    private static Expression Tune(Expression expression, RandomStream random)
    {
        var factor = random.NextInt(3) == 0 ? 1.0 : 1.25;
        return expression.WithWeights([.. expression.Weights.Select(w => w * factor)]);
    }
}
