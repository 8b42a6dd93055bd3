using LossActors.Evolution.Randomness;
using LossActors.Expressions;

namespace LossActors.Learning.Tests.Support;

/// <summary>Random weighted trees of every primitive.</summary>
internal static class RandomTrees
{
    /// <summary>The tree of a number; the same every time.</summary>
    public static Expression Make(ulong number)
    {
        var stream = RandomStream.For(17, number, 0, Purpose.Variation);
        var nodes = new List<Node>();
        Grow(nodes, stream, 2 + stream.NextInt(4));
        return new Expression([.. nodes]);
    }

    private static void Grow(List<Node> nodes, RandomStream stream, int height)
    {
        var primitive = height == 0 || (nodes.Count > 0 && stream.NextBool(0.2))
            ? Primitives.Terminals[stream.NextInt(4)]
            : Primitives.Functions[stream.NextInt(12)];
        nodes.Add(new Node(primitive, (stream.NextBool(0.2) ? -1 : 1) * (0.5 + stream.NextDouble())));
        for (var i = 0; i < primitive.Arity(); i++)
        {
            Grow(nodes, stream, height - 1);
        }
    }
}
