using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Migration;
using LossActors.Evolution.Tests.Simulation;
using LossActors.Evolution.Topologies;
using Xunit;

namespace LossActors.Evolution.Tests.Migration;

public sealed class PolicyTests
{
    private static readonly IslandSettings s_settings = new()
    {
        Window = 2, Refinement = RefinementPolicy.None, MigrationInterval = 4, Neighbours = [new(1, 0)], Pullers = [new(0, 1), new(0, 2)], Population = 4, Elites = 1,
    };

    // Births 1 to 4 with errors 0.1, 0.5, 0.4, 0.3: the worst is 2, the oldest but for the elite is 2 too.
    [Theory]
    [InlineData(MigrantReplacement.Fair, 0.2, new[] { 1, 3, 4, 99 })]
    [InlineData(MigrantReplacement.Fair, 0.9, new[] { 1, 2, 3, 4 })]
    [InlineData(MigrantReplacement.Worst, 0.9, new[] { 1, 3, 4, 99 })]
    [InlineData(MigrantReplacement.Oldest, 0.9, new[] { 1, 3, 4, 99 })]
    public void AMigrantReplacesWhomThePolicySays(MigrantReplacement replacement, double fitness, int[] members)
    {
        var island = AtFirstEpoch(s_settings with { MigrantReplacement = replacement }, 0.1, 0.5, 0.4, 0.3);
        island.Send(new IslandCommand.Admit(1, 1, [Trees.Individual(99, fitness, logs: 8, island: 1)]));
        Assert.Equal(members, island.State.Population.Select(m => m.Id.Birth));
    }

    [Fact]
    public void TheOldestNeedNotBeTheWorst()
    {
        var island = AtFirstEpoch(s_settings with { MigrantReplacement = MigrantReplacement.Oldest }, 0.3, 0.1, 0.4, 0.5);
        island.Send(new IslandCommand.Admit(1, 1, [Trees.Individual(99, 0.9, logs: 8, island: 1)]));
        Assert.Equal([2, 3, 4, 99], island.State.Population.Select(m => m.Id.Birth));
    }

    [Fact]
    public void PreservedEmigrantsStayAndWhoeverPullsGetsThem()
    {
        var island = AtFirstEpoch(s_settings, 0.1, 0.5, 0.4, 0.3);
        Assert.Equal(4, island.State.Population.Length);
        Assert.All((int[])[1, 2], puller => Assert.Equal([1], Births(Island.Emigrants(island.State, 1, puller))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EvictedEmigrantsLeaveEachForTheNextOfThoseThatPull(bool strict)
    {
        var settings = s_settings with { Strict = strict, MigrationHandling = MigrationHandling.Evict, MigrationSize = 2, Neighbours = [], Pullers = [new(0, 1), new(0, 2), new(0, 3)] };
        var island = AtFirstEpoch(settings, 0.1, 0.5, 0.4, 0.3);
        Assert.Equal([2, 3], island.State.Population.Select(m => m.Id.Birth));
        Assert.Equal([1], Births(Island.Emigrants(island.State, 1, 1)));
        Assert.Equal([4], Births(Island.Emigrants(island.State, 1, 2)));
        Assert.Empty(Births(Island.Emigrants(island.State, 1, 3)));
        for (var i = 0; i < 4; i++)
        {
            island.Finish(0.05);
        }

        // Of four births equally good two are members of more importance for coming first.
        Assert.Equal([3, 1], island.Journal.OfType<IslandEvent.Emigrated>().Last().Destinations);
        Assert.Single(Births(Island.Emigrants(island.State, 2, 3)));
        Assert.Single(Births(Island.Emigrants(island.State, 2, 1)));
        Assert.Equal(strict ? 0 : 1, Births(Island.Emigrants(island.State, 2, 2)).Count());
        Assert.Equal([4], Births(Island.Emigrants(island.State, 1, 2)));
    }

    [Fact]
    public void NobodyLeavesWhereNobodyPulls()
    {
        var island = AtFirstEpoch(s_settings with { MigrationHandling = MigrationHandling.Evict, Pullers = [] }, 0.1, 0.5, 0.4, 0.3);
        Assert.Equal(4, island.State.Population.Length);
        Assert.Empty(island.Journal.OfType<IslandEvent.Emigrated>().Single().Migrants);
    }

    [Fact]
    public void TwoAlwaysStay()
    {
        var island = AtFirstEpoch(s_settings with { MigrationHandling = MigrationHandling.Evict, MigrationSize = 4 }, 0.1, 0.5, 0.4, 0.3);
        Assert.Equal([2, 3], island.State.Population.Select(m => m.Id.Birth));
    }

    [Theory]
    [InlineData("ring", false)]
    [InlineData("torus", true)]
    [InlineData("fully-connected", true)]
    public void WhoIsEvictedArrivesAtOneIslandAtMostAndNeverComesHome(string topology, bool strict)
    {
        var settings = new IslandSettings { Strict = strict, MigrationInterval = 5, MigrationSize = 2, MigrationHandling = MigrationHandling.Evict };
        var world = new Archipelago(Founders.Of(4, Topology.Parse(topology), settings), 150, new HashOracle(), 1).Run();
        var left = world.History.OfType<IslandEvent.Emigrated>().SelectMany(e => e.Migrants).Select(m => m.Id).ToList();
        var places = world.Journals.SelectMany((j, i) => j.OfType<IslandEvent.MigrantsAdmitted>().SelectMany(e => e.Accepted).Select(m => (m.Id, Island: i))).Distinct().ToList();
        Assert.Equal(left.Count, left.Distinct().Count());
        Assert.Equal(places.Count, places.Select(p => p.Id).Distinct().Count());
        Assert.InRange(places.Count, 10, left.Count);
        Assert.All(places, p => Assert.NotEqual(p.Island, p.Id.Island));
        Assert.All(world.States, s => Assert.DoesNotContain(s.Population, m => m.Id.Island == s.Settings.Island && left.Contains(m.Id)));
    }

    [Fact]
    public void ALinkThatItsWeightDoesNotUseIsNotAskedOver()
    {
        var settings = new IslandSettings { Strict = true, MigrationInterval = 5, Seed = 3 };
        var graph = Topology.Parse("graph", new() { Graph = [new(0, 1, 0.5), new(2, 1), new(1, 0, 0.3)] });
        var founders = Founders.Of(3, graph, settings);
        var world = new Archipelago(founders, 200, new HashOracle(), 1).Run();
        for (var i = 0; i < 3; i++)
        {
            // At the last two of its 40 epochs an island has proposed all that it may, and asks nobody.
            var asked = world.Journals[i].OfType<IslandEvent.MigrantsAdmitted>().Select(e => (e.Epoch, e.From));
            Assert.Equal(Enumerable.Range(1, 38).SelectMany(epoch => founders[i].Neighbours.Where(l => l.IsUsed(3, epoch)).Select(l => (epoch, l.From))), asked);
        }

        Assert.InRange(world.Journals[0].OfType<IslandEvent.MigrantsAdmitted>().Count(), 1, 37);
    }

    private static Script AtFirstEpoch(IslandSettings settings, params double[] fitnesses)
    {
        var island = new Script(settings);
        foreach (var fitness in fitnesses)
        {
            island.Finish(fitness);
        }

        Assert.Equal(1, island.State.Epoch);
        return island;
    }

    private static IEnumerable<int> Births(IEnumerable<Individual>? emigrants) => emigrants!.Select(m => m.Id.Birth);
}
