using LossActors.Evolution.Randomness;

namespace LossActors.Evolution.Topologies;

/// <summary>A way that migrants go, whenever the island at its end pulls.</summary>
/// <param name="From">Where they were born.</param>
/// <param name="To">Who pulls them.</param>
/// <param name="Weight">The probability that it is used at an epoch; above 0, at most 1.</param>
public readonly record struct Link(int From, int To, double Weight = 1)
{
    /// <summary>Whether it is used at an epoch: drawn from a stream of its own, so that both of its ends know without asking.</summary>
    /// <param name="seed">The search's.</param>
    /// <param name="epoch">The epoch of the island that pulls, from 1.</param>
    public bool IsUsed(ulong seed, int epoch) =>
        Weight >= 1 || RandomStream.For(seed, (ulong)To, ((ulong)epoch << 32) | (uint)From, Purpose.Links).NextBool(Weight);
}
