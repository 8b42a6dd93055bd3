using LossActors.Evolution.Initialisation;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Randomness;
using LossActors.Expressions;

namespace LossActors.Evolution.Variation;

/// <summary>The structural mutations. The second parent is not used.</summary>
internal static class Mutations
{
    private const int MaxSubtreeHeight = 2;

    /// <summary>A subtree is replaced by a random one of height 0 to 2 (Raymond et al. 2023).</summary>
    public static Expression? Subtree(Expression tree, Expression same, IslandSettings settings, RandomStream random)
    {
        var graft = HalfAndHalf.Make(0, MaxSubtreeHeight, settings.Primitives, random);
        return tree.Replace(random.NextInt(tree.Count), graft.Nodes);
    }

    /// <summary>One primitive becomes another of the same arity; its coefficient stays.</summary>
    public static Expression? Point(Expression tree, Expression same, IslandSettings settings, RandomStream random)
    {
        var at = random.NextInt(tree.Count);
        var others = settings.Primitives.Where(p => p.Arity() == tree[at].Arity && p != tree[at].Primitive).ToList();
        return others.Count == 0 ? null : tree.WithNode(at, tree[at] with { Primitive = others[random.NextInt(others.Count)] });
    }

    /// <summary>A subtree takes the place of an ancestor: the tree shrinks.</summary>
    public static Expression? Hoist(Expression tree, Expression same, IslandSettings settings, RandomStream random)
    {
        if (Pick(tree, random) is not { } ancestor)
        {
            return null;
        }

        var below = tree.SubtreeEnd(ancestor) - ancestor - 1;
        return tree.Replace(ancestor, tree.Slice(ancestor + 1 + random.NextInt(below)));
    }

    /// <summary>A function is put above a subtree; a second argument is a random terminal.</summary>
    public static Expression? Insert(Expression tree, Expression same, IslandSettings settings, RandomStream random)
    {
        var at = random.NextInt(tree.Count);
        var functions = settings.Primitives.Where(p => p.Arity() > 0).ToList();
        var terminals = settings.Primitives.Where(p => p.Arity() == 0).ToList();
        var function = new Node(functions[random.NextInt(functions.Count)]);
        if (function.Arity == 1)
        {
            return tree.Replace(at, [function, .. tree.Slice(at)]);
        }

        var terminal = new Node(terminals[random.NextInt(terminals.Count)]);
        return random.NextBool(0.5)
            ? tree.Replace(at, [function, terminal, .. tree.Slice(at)])
            : tree.Replace(at, [function, .. tree.Slice(at), terminal]);
    }

    /// <summary>A function is taken away; one of its arguments, drawn at random, takes its place.</summary>
    public static Expression? Delete(Expression tree, Expression same, IslandSettings settings, RandomStream random)
    {
        if (Pick(tree, random) is not { } at)
        {
            return null;
        }

        var arguments = tree.Arguments(at);
        return tree.Replace(at, tree.Slice(arguments[random.NextInt(arguments.Length)]));
    }

    /// <summary>
    /// A function and a function below it change places, p(c(g, x), s) → c(p(g, s), x): same nodes, other nesting (as SymbolicRegression.jl).
    /// </summary>
    public static Expression? Rotate(Expression tree, Expression same, IslandSettings settings, RandomStream random)
    {
        var pivots = tree.Functions().SelectMany(p => tree.Arguments(p).Where(c => tree[c].Arity > 0).Select(c => (Parent: p, Child: c))).ToList();
        if (pivots.Count == 0)
        {
            return null;
        }

        var (parent, child) = pivots[random.NextInt(pivots.Count)];
        var arguments = tree.Arguments(child);
        var grandchild = arguments[random.NextInt(arguments.Length)];
        var lowered = tree.Subtree(parent).Replace(child - parent, tree.Slice(grandchild));
        var raised = tree.Subtree(child).Replace(grandchild - child, lowered.Nodes);
        return tree.Replace(parent, raised.Nodes);
    }

    private static int? Pick(Expression tree, RandomStream random)
    {
        var functions = tree.Functions();
        return functions.Length == 0 ? null : functions[random.NextInt(functions.Length)];
    }
}
