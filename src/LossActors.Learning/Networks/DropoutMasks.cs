using LossActors.Evolution.Randomness;

namespace LossActors.Learning.Networks;

/// <summary>
/// Where one training's dropout masks come from: a stream per step and layer, so that every member of a cohort, every way to compute a step and every later run drop the same units.
/// </summary>
/// <param name="Seed">The protocol's seed.</param>
/// <param name="Lane">Tells trainings under one seed apart.</param>
public readonly record struct DropoutMasks(ulong Seed, ulong Lane)
{
    private const int LayerBits = 16;

    /// <summary>Of a replicate of the fitness, of re-measurement or of meta-testing.</summary>
    public static DropoutMasks Fitness(ulong seed, int replicate) => new(seed, 2 * (ulong)replicate);

    /// <summary>Of a meta step of a refinement.</summary>
    public static DropoutMasks Refinement(ulong seed, int metaStep) => new(seed, (2 * (ulong)metaStep) + 1);

    /// <summary>One layer's mask in one step.</summary>
    /// <param name="step">From 0.</param>
    /// <param name="layer">Counts the network's dropout layers.</param>
    internal RandomStream Of(int step, int layer) => RandomStream.For(Seed, Lane, ((ulong)step << LayerBits) + (ulong)layer, Purpose.Dropout);
}
