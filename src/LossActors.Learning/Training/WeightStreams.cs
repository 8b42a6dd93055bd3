using LossActors.Evolution.Randomness;

namespace LossActors.Learning.Training;

/// <summary>
/// Where initial weights come from. Fitness, refinement and gates draw from streams of their own, so that no loss is tuned on the very networks that
/// it is judged by (a mistake of the method's reference implementation).
/// </summary>
internal static class WeightStreams
{
    /// <summary>A replicate of the fitness, of re-measurement or of meta-testing.</summary>
    public static RandomStream Fitness(ulong seed, int replicate) => RandomStream.For(seed, (ulong)replicate, 0, Purpose.Weights);

    /// <summary>A meta step of a refinement.</summary>
    public static RandomStream Refinement(ulong seed, int metaStep) => RandomStream.For(seed, (ulong)metaStep, 1, Purpose.Weights);

    /// <summary>The network whose outputs the gates begin with.</summary>
    public static RandomStream Probe(ulong seed) => RandomStream.For(seed, 0, 2, Purpose.Weights);
}
