using System.Collections.Immutable;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Randomness;
using LossActors.Expressions;

namespace LossActors.Evolution.Initialisation;

/// <summary>Random trees by Koza's methods: full, grow, and half of each over a ramp of heights.</summary>
internal static class HalfAndHalf
{
    /// <summary>An initial tree: ramped half-and-half over the settings' initial heights.</summary>
    public static Expression Ramped(IslandSettings settings, RandomStream random) =>
        Make(settings.MinInitialHeight, settings.MaxInitialHeight, settings.Primitives, random);

    /// <summary>A tree of a height drawn uniformly, by full or by grow with equal chances.</summary>
    public static Expression Make(int minHeight, int maxHeight, ImmutableArray<Primitive> primitives, RandomStream random)
    {
        var height = minHeight + random.NextInt(maxHeight - minHeight + 1);
        return random.NextBool(0.5) ? Full(height, primitives, random) : Grow(minHeight, height, primitives, random);
    }

    /// <summary>Every branch ends at exactly this depth.</summary>
    public static Expression Full(int height, ImmutableArray<Primitive> primitives, RandomStream random) =>
        Grow(height, height, primitives, random);

    /// <summary>
    /// A branch goes on to at least the least depth, at most the height, and between them ends with the share of terminals among the primitives
    /// (as DEAP's genGrow, which the reference uses).
    /// </summary>
    public static Expression Grow(int minDepth, int height, ImmutableArray<Primitive> primitives, RandomStream random)
    {
        var terminals = primitives.Where(p => p.Arity() == 0).ToImmutableArray();
        var functions = primitives.Where(p => p.Arity() > 0).ToImmutableArray();
        var terminalShare = (double)terminals.Length / primitives.Length;
        var nodes = ImmutableArray.CreateBuilder<Node>();
        var open = new Stack<int>([0]);
        while (open.TryPop(out var depth))
        {
            var ends = depth == height || (depth >= minDepth && random.NextBool(terminalShare));
            var choices = ends ? terminals : functions;
            var primitive = choices[random.NextInt(choices.Length)];
            nodes.Add(new Node(primitive));
            for (var i = 0; i < primitive.Arity(); i++)
            {
                open.Push(depth + 1);
            }
        }

        return new Expression(nodes.DrainToImmutable());
    }
}
