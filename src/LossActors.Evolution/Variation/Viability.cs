using LossActors.Evolution.Islands;
using LossActors.Evolution.Randomness;
using LossActors.Expressions;
using LossActors.Expressions.Canonical;

namespace LossActors.Evolution.Variation;

/// <summary>
/// Makes genomes of raw trees: canonical, with y and f, within the caps. Raw trees are made of allowed primitives; the canonical form spells some
/// of their functions with others (a - b as a + (-1)·b, a product of equals as a square), which adds no function to the search.
/// </summary>
internal static class Viability
{
    // Simplification may take y or f away again (f − f); then the simplified tree is repaired in its turn.
    private const int Repairs = 4;

    /// <summary>The genome, or null if the tree is too large, or simplification took y or f away again and again.</summary>
    public static Expression? Make(Expression raw, IslandSettings settings, RandomStream random)
    {
        var tree = raw;
        for (var i = 0; i < Repairs && Fits(tree, settings); i++)
        {
            tree = Canonicalizer.Canonical(Repair.Apply(tree, settings, random));
            if (tree.IsLoss)
            {
                return Fits(tree, settings) ? tree : null;
            }
        }

        return null;
    }

    /// <summary>A function of y and f: what is left to propose when nothing else comes out.</summary>
    public static Expression Simplest(IslandSettings settings, RandomStream random) =>
        Canonicalizer.Canonical(new Expression([.. Repair.Graft(settings, random)]));

    private static bool Fits(Expression tree, IslandSettings settings) => tree.Count <= settings.MaxNodes && tree.Height <= settings.MaxHeight;
}
