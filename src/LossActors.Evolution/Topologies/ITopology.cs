using System.Collections.Immutable;

namespace LossActors.Evolution.Topologies;

/// <summary>Who pulls emigrants from whom.</summary>
public interface ITopology
{
    /// <summary>The name used in experiment files.</summary>
    string Name { get; }

    /// <summary>The islands that one pulls from.</summary>
    /// <param name="island">The one, from 0.</param>
    /// <param name="count">How many islands there are.</param>
    /// <returns>Numbers of other islands, ascending, each once; empty where it stands alone.</returns>
    ImmutableArray<int> Neighbours(int island, int count);
}
