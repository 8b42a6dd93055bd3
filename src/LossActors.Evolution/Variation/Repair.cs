using System.Collections.Immutable;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Randomness;
using LossActors.Expressions;

namespace LossActors.Evolution.Variation;

/// <summary>
/// The repair rule of Raymond et al. (2023): where y or f is missing, a random terminal becomes add, sub, mul or div of both, in random
/// order. Unlike their code, a repaired tree obeys the caps: where no terminal leaves room, a small subtree gives way.
/// </summary>
internal static class Repair
{
    private const int GraftNodes = 3;

    /// <summary>The tree itself if it contains y and f, else a repaired one.</summary>
    public static Expression Apply(Expression tree, IslandSettings settings, RandomStream random)
    {
        if (tree.IsLoss)
        {
            return tree;
        }

        var places = Places(tree, settings);
        return tree.Replace(places[random.NextInt(places.Length)], Graft(settings, random));
    }

    /// <summary>A function of y and f in random order.</summary>
    public static Node[] Graft(IslandSettings settings, RandomStream random)
    {
        var usual = settings.Primitives.Where(p => p is Primitive.Add or Primitive.Sub or Primitive.Mul or Primitive.Div).ToList();
        var functions = usual.Count > 0 ? usual : settings.Primitives.Where(p => p.Arity() == 2).ToList();
        var function = new Node(functions[random.NextInt(functions.Count)]);
        return random.NextBool(0.5)
            ? [function, new Node(Primitive.Y), new Node(Primitive.F)]
            : [function, new Node(Primitive.F), new Node(Primitive.Y)];
    }

    private static ImmutableArray<int> Places(Expression tree, IslandSettings settings)
    {
        var depths = tree.Depths();
        var fitting = Enumerable.Range(0, tree.Count)
            .Where(i => depths[i] < settings.MaxHeight && tree.Count - Size(tree, i) + GraftNodes <= settings.MaxNodes)
            .ToList();
        var least = fitting.Min(i => Size(tree, i));
        return [.. fitting.Where(i => Size(tree, i) == least)];
    }

    private static int Size(Expression tree, int at) => tree.SubtreeEnd(at) - at;
}
