using System.Collections.Immutable;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Topologies;

namespace LossActors.Evolution.Tests.Simulation;

/// <summary>Settings of communicating islands.</summary>
internal static class Founders
{
    public static ImmutableArray<IslandSettings> Of(int count, ITopology topology, IslandSettings? common = null) =>
        Founding.Of(Enumerable.Repeat(common ?? new(), count), topology);
}
