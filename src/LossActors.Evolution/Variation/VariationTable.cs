using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Randomness;
using LossActors.Expressions;

namespace LossActors.Evolution.Variation;

/// <summary>Makes a raw child of one parent or two; null where the operator does not apply.</summary>
internal delegate Expression? Vary(Expression first, Expression second, IslandSettings settings, RandomStream random);

/// <summary>A variation operator.</summary>
/// <param name="Origin">What its children are said to come from.</param>
/// <param name="Parents">How many parents it takes: 1 (then both arguments are the same) or 2.</param>
/// <param name="Apply">Does it.</param>
internal sealed record VariationOperator(Origin Origin, int Parents, Vary Apply);

/// <summary>The variation operators: a table of small functions, drawn by weight.</summary>
internal static class VariationTable
{
    private static readonly ImmutableSortedDictionary<Origin, VariationOperator> s_operators = new VariationOperator[]
    {
        new(Origin.Crossover, 2, Crossover.Apply),
        new(Origin.Subtree, 1, Mutations.Subtree),
        new(Origin.Point, 1, Mutations.Point),
        new(Origin.Hoist, 1, Mutations.Hoist),
        new(Origin.Insert, 1, Mutations.Insert),
        new(Origin.Delete, 1, Mutations.Delete),
        new(Origin.Rotate, 1, Mutations.Rotate),
        new(Origin.Coefficient, 1, Coefficients.Perturb),
        new(Origin.Reproduction, 1, (parent, _, _, _) => parent),
    }.ToImmutableSortedDictionary(o => o.Origin, o => o);

    /// <summary>All operators, in the order of their numbers.</summary>
    public static IEnumerable<VariationOperator> All => s_operators.Values;

    /// <summary>Whether an origin is a variation operator.</summary>
    public static bool Contains(Origin origin) => s_operators.ContainsKey(origin);

    /// <summary>Draws one with chances in proportion to the weights.</summary>
    public static VariationOperator Draw(ImmutableSortedDictionary<Origin, double> weights, RandomStream random)
    {
        var left = random.NextDouble() * weights.Values.Sum();
        var drawn = weights.Last(w => w.Value > 0).Key;
        foreach (var (origin, weight) in weights)
        {
            if (left < weight)
            {
                drawn = origin;
                break;
            }

            left -= weight;
        }

        return s_operators[drawn];
    }
}
