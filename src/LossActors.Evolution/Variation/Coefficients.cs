using LossActors.Evolution.Islands;
using LossActors.Evolution.Randomness;
using LossActors.Expressions;

namespace LossActors.Evolution.Variation;

/// <summary>
/// Perturbation of coefficients, the root's included: scale and sign of a loss decide how it trains at a fixed learning rate.
/// </summary>
internal static class Coefficients
{
    private const double Spread = 0.5;
    private const double Negation = 0.1;
    private const double Another = 0.3;
    private const double Greatest = 1e6;

    /// <summary>Multiplies one coefficient, sometimes several, by log-normal factors; negates now and then.</summary>
    public static Expression? Perturb(Expression tree, Expression same, IslandSettings settings, RandomStream random)
    {
        var child = tree;
        do
        {
            var at = random.NextInt(child.Count);
            var factor = Math.Exp(Spread * random.NextNormal()) * (random.NextBool(Negation) ? -1 : 1);
            var coefficient = child[at].Coefficient * factor;
            if (Math.Abs(coefficient) is not (> 1 / Greatest and < Greatest))
            {
                return null;
            }

            child = child.WithNode(at, child[at] with { Coefficient = coefficient });
        }
        while (random.NextBool(Another));
        return child;
    }
}
