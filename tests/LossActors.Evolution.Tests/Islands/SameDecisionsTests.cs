using System.Security.Cryptography;
using System.Text;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Tests.Simulation;
using LossActors.Evolution.Topologies;
using Xunit;

namespace LossActors.Evolution.Tests.Islands;

/// <summary>
/// Strict runs repeat what earlier versions decided: the hashes were taken before islands had other topologies, policies and resets than these, and a changed one means that
/// runs of earlier versions can be neither gone on with nor verified.
/// </summary>
public sealed class SameDecisionsTests
{
    // Without perturbed coefficients: logarithms and cosines may differ in their last bit from one machine's library to another's.
    private static readonly IslandSettings s_settings =
        new() { Strict = true, Seed = 11, Population = 12, MigrationInterval = 10, EliteFraction = 0.3, Variation = VariationDefaults.Weights.SetItem(Origin.Coefficient, 0) };

    [Theory]
    [InlineData("ring", Schedule.SteadyState, RefinementPolicy.Elites, true, "25de54a83a9938ca")]
    [InlineData("ring", Schedule.Generational, RefinementPolicy.None, false, "0a253bfeadb5ff7a")]
    [InlineData("fully-connected", Schedule.SteadyState, RefinementPolicy.All, true, "d79883a6ba61667d")]
    [InlineData("fully-connected", Schedule.Generational, RefinementPolicy.BeforeTraining, true, "a47fea249c09a85a")]
    [InlineData("unconnected", Schedule.SteadyState, RefinementPolicy.Elites, false, "0ca395fb888ae7f2")]
    public void WithTheSettingsOfEarlierVersionsIslandsDecideWhatTheyDecidedThen(string topology, Schedule schedule, RefinementPolicy refinement, bool racing, string hash)
    {
        var settings = s_settings with { Schedule = schedule, Refinement = refinement, Racing = new() { Enabled = racing } };
        var world = new Archipelago(Founders.Of(4, Topology.Parse(topology), settings), 150, new HashOracle(), 1).Run();
        var decisions = string.Join('\n', world.Journals.Select(Describe.Decisions));
        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(decisions)))[..16]);
    }
}
