using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Tests.Simulation;
using LossActors.Evolution.Topologies;
using Xunit;

namespace LossActors.Evolution.Tests.Migration;

/// <summary>Migrants between islands that measure on different tasks: their fitness says nothing where they come to, so they are measured there.</summary>
public sealed class StrangerTests
{
    private static readonly IslandSettings s_common = new()
    {
        Window = 1, Population = 4, Refinement = RefinementPolicy.None, MigrationInterval = 1, MigrationSize = 2, Racing = new() { Enabled = false },
    };

    private static readonly Individual s_migrant = Trees.Individual(7, 0.001, logs: 3, island: 1);

    [Fact]
    public void AStrangersMigrantIsBornHereAndJudgedByWhatItDoesHere()
    {
        var island = Migrated(s_migrant);

        Assert.DoesNotContain(s_migrant, island.State.Population);
        Assert.Equal((Origin.Immigrant, s_migrant.Id), (island.LastProposal.Origin, island.LastProposal.Parents.Single()));
        Assert.Equal(s_migrant.Expression, island.LastProposal.Expression);
        island.Finish(0.4);
        Assert.Equal(0.4, island.State.Population.Single(m => m.Expression.Equals(s_migrant.Expression)).Fitness);
        Assert.NotEqual(s_migrant.Fitness, island.State.Best!.Fitness);
    }

    [Fact]
    public void ItWaitsForItsBirthAlsoOverARestart()
    {
        var island = new Script(Ring() with { Window = 2 });
        island.Finish(0.5);
        island.Send(new IslandCommand.Admit(1, 1, [s_migrant]));
        island.Restart();
        island.Finish(0.5);
        Assert.Equal(s_migrant.Expression, island.LastProposal.Expression);
    }

    [Fact]
    public void WhoHasBeenMeasuredHereOrWaitsForItDoesNotComeAgain()
    {
        var island = new Script(Ring() with { Window = 2 });
        island.Finish(0.5);
        island.Send(new IslandCommand.Admit(1, 1, [s_migrant]));
        island.Finish(0.5);
        island.Send(new IslandCommand.Admit(2, 1, [Trees.Individual(9, 0.002, logs: 3, island: 1)]));
        Assert.Equal([1, 0], island.Journal.OfType<IslandEvent.MigrantsAdmitted>().Select(e => e.Accepted.Length));
    }

    [Fact]
    public void ThroughTheHallOfFameTheBestOfEachSetOfTasksCome()
    {
        var island = new Script(Founding.Of([s_common, s_common with { Tasks = TaskSet.Of([1]) }, s_common], Topology.Star)[0]);
        island.Finish(0.5);
        island.Send(new IslandCommand.Admit(1, 1, [s_migrant, Trees.Individual(8, 0.002, logs: 4, island: 1), Trees.Individual(9, 0.003, logs: 5, island: 1)]));
        island.Send(new IslandCommand.Admit(1, 2, [Trees.Individual(1, 0.3, logs: 6, island: 2)]));

        var admitted = island.Journal.OfType<IslandEvent.MigrantsAdmitted>().SelectMany(e => e.Accepted.Select(m => m.Id));
        Assert.Equal([new(1, 7), new(1, 8), new(2, 1)], admitted.Order());
        Assert.Contains(island.State.Population, m => m.Id == new CandidateId(2, 1));
        Assert.DoesNotContain(island.State.Population, m => m.Id.Island == 1);
    }

    [Fact]
    public void ACloneOfAStrangerBeginsByMeasuringItsMembers()
    {
        var clone = Founding.Of([s_common, s_common with { Tasks = TaskSet.Of([1]), CloneOf = 0 }], Topology.Unconnected)[1];
        var island = new Script(clone);
        island.Send(new IslandCommand.Settle(0, [Trees.Individual(1, 0.3, logs: 1), Trees.Individual(2, 0.4, logs: 2)]));
        Assert.Empty(island.State.Population);
        island.Finish(0.8);
        island.Finish(0.9);

        Assert.Equal([new(0, 1), new(0, 2)], island.Journal.OfType<IslandEvent.Proposed>().Where(p => p.Origin == Origin.Immigrant).Select(p => p.Parents.Single()));
        Assert.Equal([0.8, 0.9], island.State.Population.Select(m => m.Fitness));
        Assert.Equal(Origin.Initial, island.LastProposal.Origin);
    }

    private static IslandSettings Ring() => Founding.Of([s_common, s_common with { Tasks = TaskSet.Of([1]) }], Topology.Ring)[0];

    private static Script Migrated(Individual migrant)
    {
        var island = new Script(Ring());
        island.Finish(0.5);
        island.Send(new IslandCommand.Admit(1, 1, [migrant]));
        island.Finish(0.5);
        return island;
    }
}
