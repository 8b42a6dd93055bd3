using LossActors.Evolution.Candidates;
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

    [Fact]
    public void AReproducedParentCostsABirthAndLivesOnInTheNextGenerationOnce()
    {
        var island = new Script(s_settings with
        {
            Elites = 0, Variation = VariationDefaults.Weights.Clear().Add(Origin.Reproduction, 1).Add(Origin.Crossover, 1),
        });
        for (var i = 0; i < 5; i++)
        {
            island.Finish(0.5 + (i / 100.0));
        }

        var parents = island.State.Population;
        var children = island.Journal.OfType<IslandEvent.Proposed>().Where(e => e.Birth > 5).ToList();
        var copies = children.Where(e => e.Origin == Origin.Reproduction).ToList();
        Assert.InRange(copies.Count, 1, 4);
        Assert.All(copies, copy =>
        {
            var parent = parents.Single(p => p.Id == copy.Parents.Single());
            Assert.Equal(parent.Expression, copy.Expression);
            var judgement = island.Journal.OfType<IslandEvent.Judged>().Single(e => e.Judgement.Candidate.Birth == copy.Birth).Judgement;
            Assert.Equal((Verdict.Duplicate, parent.Fitness, parent.Id), (judgement.Verdict, judgement.Fitness, judgement.SameAs!.Value));
        });

        foreach (var child in children.Except(copies))
        {
            island.Pass(child.Birth);
            island.Train(child.Birth, 0.9);
        }

        // Worse children and the copies push all other parents out, but for the places that a parent copied twice leaves.
        var next = island.State.Population.Select(m => m.Expression).ToList();
        Assert.Equal(5, next.Distinct().Count());
        Assert.All(copies, copy => Assert.Contains(copy.Expression, next));
        Assert.All(children, child => Assert.Contains(child.Expression, next));
    }
}
