using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Tests.Simulation;
using LossActors.Evolution.Topologies;
using Xunit;

namespace LossActors.Evolution.Tests.Migration;

public sealed class StarTests
{
    private static readonly IslandSettings s_settings =
        Founders.Of(4, Topology.Star, new() { Window = 2, Refinement = RefinementPolicy.None, MigrationInterval = 3, MigrationSize = 2, Population = 4 })[0];

    [Fact]
    public void AnIslandPutsOutTheBestItEverBoreAgainAndAgain()
    {
        var island = new Script(s_settings);
        foreach (var fitness in (double[])[0.1, 0.5, 0.3, 0.4, 0.2, 0.6])
        {
            island.Finish(fitness);
        }

        Assert.Equal([[1, 3], [1, 5]], island.Journal.OfType<IslandEvent.Emigrated>().Select(e => e.Migrants.Select(m => m.Id.Birth)));
    }

    [Fact]
    public void OnlyTheBestOfAllAreAdmittedAndNotBeforeAllHaveAnswered()
    {
        var island = new Script(s_settings);
        for (var i = 0; i < 3; i++)
        {
            island.Finish(0.5);
        }

        island.Send(new IslandCommand.Admit(1, 1, [Trees.Individual(1, 0.3, logs: 5, island: 1), Trees.Individual(2, 0.4, logs: 6, island: 1)]));
        island.Send(new IslandCommand.Admit(1, 3, [Trees.Individual(7, 0.2, logs: 7, island: 3)]));
        Assert.Empty(island.Journal.OfType<IslandEvent.MigrantsAdmitted>());
        Assert.Equal([(1, 2)], Island.PullsNeeded(island.State));
        island.Send(new IslandCommand.Admit(1, 2, [Trees.Individual(1, 0.35, logs: 8, island: 2)]));

        var admitted = island.Journal.OfType<IslandEvent.MigrantsAdmitted>();
        Assert.Equal([(3, new(3, 7)), (1, new CandidateId(1, 1))], admitted.Select(e => (e.From, e.Accepted.Single().Id)));
        // What could not be among the best any more was not even written down.
        Assert.Equal([2, 1, 0], island.Journal.OfType<IslandEvent.MigrantsReceived>().Select(e => e.Migrants.Length));
        Assert.Empty(Island.PullsNeeded(island.State));
        Assert.Empty(island.State.Gathered);
    }

    [Fact]
    public void WhoeverHasNotAnsweredByTheNextEpochIsNotWaitedForWithoutStrictMode()
    {
        var island = new Script(s_settings);
        for (var i = 0; i < 5; i++)
        {
            island.Finish(0.5);
        }

        island.Send(new IslandCommand.Admit(1, 2, [Trees.Individual(1, 0.3, logs: 5, island: 2)]));
        Assert.Empty(island.Journal.OfType<IslandEvent.MigrantsAdmitted>());
        island.Finish(0.5);
        var admitted = island.Journal.OfType<IslandEvent.MigrantsAdmitted>().Single();
        Assert.Equal((1, 2, 1), (admitted.Epoch, admitted.From, admitted.Accepted.Length));
        Assert.Equal([(2, 1), (2, 2), (2, 3)], Island.PullsNeeded(island.State));
    }

    [Fact]
    public void WhatIsAdmittedInStrictModeIsTheHallOfFameAsOfTheEpoch()
    {
        // A population that never fills refuses nobody for being worse.
        var settings = new IslandSettings { Strict = true, MigrationInterval = 5, MigrationSize = 2, Population = 1000 };
        var world = new Archipelago(Founders.Of(4, Topology.Star, settings), 100, new HashOracle(), 5).Run();
        for (var i = 0; i < 4; i++)
        {
            for (var epoch = 1; epoch < 20; epoch++)
            {
                var members = At(world, i, epoch).Population.Select(m => m.Expression).ToHashSet();
                var best = Enumerable.Range(0, 4).Where(j => j != i)
                    .SelectMany(j => At(world, j, epoch).Hall.Members.Order(Individual.Best).Take(2))
                    .Where(m => !members.Contains(m.Expression)).Order(Individual.Best).Take(2).DistinctBy(m => m.Expression);
                var admitted = world.Journals[i].OfType<IslandEvent.MigrantsAdmitted>().Where(e => e.Epoch == epoch).SelectMany(e => e.Accepted);
                Assert.Equal(best.Select(m => m.Id), admitted.Select(m => m.Id));
            }
        }

        Assert.True(world.History.OfType<IslandEvent.MigrantsAdmitted>().Count() > 20);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void WithoutStrictModeToo(int seed)
    {
        var world = new Archipelago(Founders.Of(4, Topology.Star, new() { Seed = (ulong)seed }), 150, new HashOracle(), seed).Run();
        Assert.All(world.Journals, j => Assert.NotEmpty(j.OfType<IslandEvent.MigrantsAdmitted>().SelectMany(e => e.Accepted)));
    }

    // The island as it was when it put out the epoch's emigrants.
    private static IslandState At(Archipelago world, int island, int epoch) =>
        world.Journals[island].TakeWhile(e => e is not IslandEvent.Emigrated emigrated || emigrated.Epoch < epoch).Aggregate(Island.Initial(world.States[island].Settings), Island.Apply);
}
