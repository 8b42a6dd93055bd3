using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Tests.Simulation;
using LossActors.Evolution.Topologies;
using Xunit;

namespace LossActors.Evolution.Tests.Migration;

public sealed class MigrationTests
{
    private static readonly IslandSettings s_settings =
        new() { Window = 2, Refinement = RefinementPolicy.None, MigrationInterval = 3, Neighbours = [new(1, 0), new(2, 0)], Population = 4 };

    [Fact]
    public void AnEpochPutsOutTheBestAndWantsTheNeighbours()
    {
        var island = new Script(s_settings);
        island.Finish(0.5);
        var best = island.Finish(0.1);
        Assert.Empty(Island.PullsNeeded(island.State));
        island.Finish(0.7);
        Assert.Equal([(1, 1), (1, 2)], Island.PullsNeeded(island.State));
        Assert.Equal([best], Island.Emigrants(island.State, 1, 1)!.Value.Select(m => m.Id.Birth));
    }

    [Fact]
    public void WithoutStrictModeNobodyWaitsAndTheLatestIsServed()
    {
        var island = new Script(s_settings);
        for (var i = 0; i < 7; i++)
        {
            island.Finish(0.7 - (i / 10.0));
        }

        Assert.Equal([(2, 1), (2, 2)], Island.PullsNeeded(island.State));
        Assert.Equal(6, Island.Emigrants(island.State, 1, 1)!.Value[0].Id.Birth);
        Assert.Equal(9, island.State.Proposed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhatWasPutOutIsKeptOnlyWhereSomebodyMayAskForItLate(bool strict)
    {
        var world = new Archipelago(Founders.Of(2, Topology.Ring, new() { Strict = strict, MigrationInterval = 5 }), 60, new HashOracle(), 1).Run();
        Assert.All(world.States, s => Assert.Equal(strict ? Enumerable.Range(1, 12) : [12], s.Emigrants.Keys.Order()));
    }

    [Fact]
    public void AStrictIslandStandsStillUntilItsNeighboursAnsweredInTheirOrder()
    {
        var island = new Script(s_settings with { Strict = true });
        for (var i = 0; i < 4; i++)
        {
            island.Finish(0.5);
        }

        Assert.Equal((4, 3), (island.State.Proposed, island.State.Judged));
        Assert.Equal([(1, 1)], Island.PullsNeeded(island.State));
        island.Send(new IslandCommand.Admit(1, 2, []));
        Assert.Equal([(1, 1)], Island.PullsNeeded(island.State));
        island.Send(new IslandCommand.Admit(1, 1, []));
        island.Send(new IslandCommand.Admit(1, 2, []));
        Assert.Equal((6, 4), (island.State.Proposed, island.State.Judged));
    }

    [Fact]
    public void AStrictIslandServesAnEpochOnlyWhenItGotThereOrHasEnded()
    {
        var island = new Script(s_settings with { Strict = true, Neighbours = [] }, births: 4, exhausted: true);
        Assert.Null(Island.Emigrants(island.State, 1, 1));
        for (var i = 0; i < 3; i++)
        {
            island.Finish(0.5 - (i / 10.0));
        }

        Assert.Equal(3, Island.Emigrants(island.State, 1, 1)!.Value.Single().Id.Birth);
        Assert.Null(Island.Emigrants(island.State, 2, 1));
        island.Finish(0.1);
        Assert.Equal(3, Island.Emigrants(island.State, 1, 1)!.Value.Single().Id.Birth);
        Assert.Equal(4, Island.Emigrants(island.State, 2, 1)!.Value.Single().Id.Birth);
    }

    [Fact]
    public void EachEpochPutsOutSomebodyNewWhileThereIsOne()
    {
        var island = new Script(s_settings with { Population = 10 });
        for (var i = 0; i < 6; i++)
        {
            island.Finish(0.1 + (i / 10.0));
        }

        Assert.Equal([1, 2], island.Journal.OfType<IslandEvent.Emigrated>().Select(e => e.Migrants.Single().Id.Birth));
    }

    [Fact]
    public void AMigrantKeepsItsIdAndIsAsOldAsItsAdmission()
    {
        var island = AtFirstEpoch();
        var migrant = Trees.Individual(17, 0.05, logs: 9, island: 1);
        island.Send(new IslandCommand.Admit(1, 1, [migrant]));
        var admitted = island.Journal.OfType<IslandEvent.MigrantsAdmitted>().Single();
        Assert.Equal([migrant], admitted.Accepted);
        Assert.Equal((1, 1, island.State.Proposed), (admitted.Epoch, admitted.From, admitted.AtBirth));
        Assert.Equal(migrant, island.State.Population[^1]);
        Assert.Equal(migrant, island.State.Best);
    }

    [Fact]
    public void WhoeverWasBornHereOrIsAMemberOrHasNoFitnessIsRefused()
    {
        var island = AtFirstEpoch();
        var member = island.State.Population[0];
        island.Send(new IslandCommand.Admit(1, 1,
        [
            Trees.Individual(2, 0.01, logs: 5, island: 0), member with { Id = new(1, 3) }, Trees.Individual(4, double.NaN, logs: 6, island: 1),
        ]));
        Assert.Empty(island.Journal.OfType<IslandEvent.MigrantsAdmitted>().Single().Accepted);
        Assert.Equal([(1, 2)], Island.PullsNeeded(island.State));
    }

    [Fact]
    public void AMigrantDoesNotMigrateOn()
    {
        var island = AtFirstEpoch();
        island.Send(new IslandCommand.Admit(1, 1, [Trees.Individual(17, 0.05, logs: 9, island: 1)]));
        for (var i = 0; i < 3; i++)
        {
            island.Finish(0.4);
        }

        Assert.Equal(2, island.State.Epoch);
        Assert.Equal((0, 0.4), (Island.Emigrants(island.State, 2, 1)!.Value.Single().Id.Island, Island.Emigrants(island.State, 2, 1)!.Value.Single().Fitness));
    }

    [Fact]
    public void AMigrantNeverMakesAFullPopulationWorse()
    {
        var island = AtFirstEpoch();
        island.Finish(0.9);
        Assert.Equal(4, island.State.Population.Length);
        island.Send(new IslandCommand.Admit(1, 1, [Trees.Individual(1, 0.95, logs: 7, island: 1), Trees.Individual(2, 0.6, logs: 8, island: 1)]));
        Assert.DoesNotContain(island.State.Population, m => m.Fitness is 0.9 or 0.95);
        Assert.Contains(island.State.Population, m => m.Id == new CandidateId(1, 2));
    }

    [Fact]
    public void AnIslandThatHasSpentItsBudgetAsksNoMore()
    {
        var island = new Script(s_settings, births: 3, exhausted: true);
        for (var i = 0; i < 3; i++)
        {
            island.Finish(0.5);
        }

        Assert.Equal(1, island.State.Epoch);
        Assert.Empty(Island.PullsNeeded(island.State));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    [InlineData(false, 3)]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    public void OnARingEveryIslandAcceptsMigrants(bool strict, int seed)
    {
        var settings = new IslandSettings { Strict = strict, Seed = (ulong)seed };
        var world = new Archipelago(Founders.Of(4, Topology.Ring, settings), 150, new HashOracle(), seed).Run();
        for (var i = 0; i < 4; i++)
        {
            var admitted = world.Journals[i].OfType<IslandEvent.MigrantsAdmitted>().ToList();
            Assert.All(admitted, e => Assert.Equal((i + 3) % 4, e.From));
            Assert.Contains(admitted, e => e.Accepted.Length > 0);
        }
    }

    private static Script AtFirstEpoch()
    {
        var island = new Script(s_settings);
        for (var i = 0; i < 3; i++)
        {
            island.Finish(0.5);
        }

        return island;
    }
}
