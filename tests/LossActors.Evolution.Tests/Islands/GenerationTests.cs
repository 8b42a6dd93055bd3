using LossActors.Evolution.Islands;
using LossActors.Evolution.Tests.Simulation;
using Xunit;

namespace LossActors.Evolution.Tests.Islands;

public sealed class GenerationTests
{
    private static readonly IslandSettings s_settings =
        new() { Schedule = Schedule.Generational, Population = 5, Window = 2, Refinement = RefinementPolicy.None, Elites = 1 };

    [Fact]
    public void AGenerationIsProposedWhenTheLastOneHasBeenJudged()
    {
        var island = new Script(s_settings);
        Assert.Equal(5, island.State.Proposed);
        for (var i = 0; i < 4; i++)
        {
            island.Finish(0.5 - (i / 10.0));
        }

        Assert.Equal(5, island.State.Proposed);
        Assert.Empty(island.State.Population);
        island.Finish(0.9);
        Assert.Equal(10, island.State.Proposed);
        Assert.Equal(5, island.State.Population.Length);
    }

    [Fact]
    public void TheEliteLivesOnAmongWorseChildren()
    {
        var island = new Script(s_settings);
        for (var i = 0; i < 10; i++)
        {
            island.Finish(i == 2 ? 0.1 : 0.8 + (i / 1000.0));
        }

        Assert.Contains(island.State.Population, m => m.Id.Birth == 3);
        Assert.Equal([3, 6, 7, 8, 9], island.State.Population.Select(m => m.Id.Birth).Order());
    }

    [Fact]
    public void ParentsStayWhereGatesStopTheChildren()
    {
        var island = new Script(s_settings);
        for (var i = 0; i < 5; i++)
        {
            island.Finish(0.5);
        }

        var parents = island.State.Population;
        for (var birth = 6; birth <= 10; birth++)
        {
            island.Stop(birth);
        }

        Assert.Equal(parents.Order(Candidates.Individual.Best), island.State.Population.Order(Candidates.Individual.Best));
    }
}
