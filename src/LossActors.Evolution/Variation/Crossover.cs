using LossActors.Evolution.Islands;
using LossActors.Evolution.Randomness;
using LossActors.Expressions;

namespace LossActors.Evolution.Variation;

/// <summary>Subtree exchange: a subtree of the first parent gives way to one of the second.</summary>
internal static class Crossover
{
    // Koza's 90/10 rule: most crossover points are functions, or mostly terminals would be exchanged.
    private const double FunctionShare = 0.9;

    public static Expression Apply(Expression first, Expression second, IslandSettings settings, RandomStream random)
    {
        var place = Point(first, random);
        return first.Replace(place, second.Slice(Point(second, random)));
    }

    private static int Point(Expression tree, RandomStream random)
    {
        var functions = tree.Functions();
        var choices = functions.Length > 0 && random.NextBool(FunctionShare) ? functions : tree.Terminals();
        return choices[random.NextInt(choices.Length)];
    }
}
