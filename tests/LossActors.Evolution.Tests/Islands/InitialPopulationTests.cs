using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Tests.Simulation;
using Xunit;

namespace LossActors.Evolution.Tests.Islands;

public sealed class InitialPopulationTests
{
    private static readonly IslandSettings s_settings = new() { InitialPopulation = 6, Population = 4, Window = 1, TournamentSize = 2, Refinement = RefinementPolicy.None, MigrationInterval = 0 };

    private static readonly double[] s_fitness = [0.5, 0.1, 0.6, 0.2, 0.7, 0.3];

    [Fact]
    public void NothingButRandomTreesIsBornUntilSoManyWereTrained()
    {
        var island = new Script(s_settings);
        for (var birth = 1; birth <= 5; birth++)
        {
            island.Stop(birth);
        }

        Finish(island, s_fitness);

        Assert.All(Births(island)[..11], e => Assert.Equal(Origin.Initial, e.Origin));
        Assert.NotEqual(Origin.Initial, Births(island)[11].Origin);
    }

    [Fact]
    public void TheBestOfThemStayHoweverOldAndThenTheOldestLeaves()
    {
        var island = new Script(s_settings);

        Finish(island, s_fitness);
        Assert.Equal([0.1, 0.2, 0.3, 0.5], Fitness(island));

        Finish(island, 0.9);
        Assert.Equal([0.1, 0.2, 0.3, 0.9], Fitness(island));
    }

    [Fact]
    public void NobodyIsTunedBeforeThenTheBest()
    {
        var island = new Script(s_settings with { Population = 5, Refinement = RefinementPolicy.Elites, EliteFraction = 0.2 });

        Finish(island, s_fitness);

        Assert.All(Births(island)[..6], e => Assert.Equal(Origin.Initial, e.Origin));
        Assert.Equal((Origin.Refinement, new CandidateId(0, 2)), (island.LastProposal.Origin, island.LastProposal.Parents.Single()));
    }

    [Fact]
    public void StagnationIsCountedFromItsEndAndARestartBeginsWithAnother()
    {
        var island = new Script(s_settings with { StagnationAfter = 4, StagnationKeep = StagnationKeep.Nothing });

        Finish(island, 0.1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5);
        Assert.Empty(island.Journal.OfType<IslandEvent.PopulationReset>());

        Finish(island, 0.5);
        Assert.Equal(10, island.Journal.OfType<IslandEvent.PopulationReset>().Single().AtBirth);

        Finish(island, s_fitness);
        Assert.All(Births(island)[10..16], e => Assert.Equal(Origin.Initial, e.Origin));
        Assert.NotEqual(Origin.Initial, Births(island)[16].Origin);
    }

    [Fact]
    public void ASnapshotKnowsHowManyThereWere()
    {
        var island = new Script(s_settings);
        Finish(island, s_fitness.AsSpan(0, 4));

        island.Restart();
        Finish(island, s_fitness.AsSpan(4));

        Assert.Equal(Origin.Initial, Births(island)[5].Origin);
        Assert.NotEqual(Origin.Initial, Births(island)[6].Origin);
    }

    [Fact]
    public void GenerationsBeginWithTheFirst() => Assert.Throws<ArgumentException>(() => Island.Initial(s_settings with { Schedule = Schedule.Generational }));

    private static void Finish(Script island, params ReadOnlySpan<double> fitness)
    {
        foreach (var one in fitness)
        {
            island.Finish(one);
        }
    }

    private static List<IslandEvent.Proposed> Births(Script island) => [.. island.Journal.OfType<IslandEvent.Proposed>()];

    private static IEnumerable<double> Fitness(Script island) => island.State.Population.Select(m => m.Fitness).Order();
}
