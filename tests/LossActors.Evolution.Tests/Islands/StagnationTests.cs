using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Tests.Simulation;
using LossActors.Evolution.Topologies;
using Xunit;

namespace LossActors.Evolution.Tests.Islands;

public sealed class StagnationTests
{
    private static readonly IslandSettings s_settings = new()
    {
        Window = 2, Population = 5, Elites = 2, Refinement = RefinementPolicy.None, MigrationInterval = 0, StagnationAfter = 6, StagnationKeep = StagnationKeep.Nothing,
    };

    [Fact]
    public void APopulationWhoseBestHasNotImprovedForSoManyBirthsRestartsWithRandomTrees()
    {
        var island = Stagnating(s_settings);
        var reset = island.Journal.OfType<IslandEvent.PopulationReset>().Single();
        Assert.Equal((9, 0), (reset.AtBirth, reset.Kept.Length));
        Assert.Empty(island.State.Population);
        for (var i = 0; i < 5; i++)
        {
            island.Finish(0.5);
        }

        // Births 9 and 10 ran or were on their way; the next five are random, whoever is there by then.
        Assert.All(island.Journal.OfType<IslandEvent.Proposed>().Where(e => e.Birth is > 9 and <= 14), e => Assert.Equal(Origin.Initial, e.Origin));
        Assert.Single(island.Journal.OfType<IslandEvent.PopulationReset>());
    }

    [Fact]
    public void OneThatIsToSpawnGoesOnAndSaysSoOnceEachTime()
    {
        var island = Stagnating(s_settings with { StagnationAction = StagnationAction.Spawn });
        Assert.NotEmpty(island.State.Population);
        Assert.Equal((1, 0), (island.State.Stagnations, island.Journal.OfType<IslandEvent.PopulationReset>().Count()));
        island.Restart();
        for (var i = 0; i < 5; i++)
        {
            island.Finish(0.5);
        }

        Assert.Equal(1, island.State.Stagnations);
        island.Finish(0.5);
        Assert.Equal(2, island.State.Stagnations);
    }

    [Fact]
    public void AStrictOneCannotSpawn() =>
        Assert.Throws<ArgumentException>(() => Island.Initial(s_settings with { StagnationAction = StagnationAction.Spawn, Strict = true }));

    [Fact]
    public void ElitesStayWhereTheSettingSaysSo()
    {
        var island = Stagnating(s_settings with { StagnationKeep = StagnationKeep.Elites });
        Assert.Equal([2, 3], island.State.Population.Select(m => m.Id.Birth));
        Assert.Equal([new(0, 2), new(0, 3)], island.Journal.OfType<IslandEvent.PopulationReset>().Single().Kept);
    }

    [Fact]
    public void BirthsUnderWayAtARestartAreJudgedButDoNotEnter()
    {
        var island = Stagnating(s_settings);
        Assert.Equal([9], Island.Outstanding(island.State).Select(a => a.Candidate.Birth).Where(b => b <= 9));
        island.Pass(9);
        island.Train(9, 0.01);
        Assert.Equal(Verdict.Trained, island.LastJudgement.Verdict);
        Assert.Empty(island.State.Population);
        Assert.Equal(9, island.State.Best!.Id.Birth);
        Assert.Equal(9, island.State.Hall.Best!.Id.Birth);
    }

    [Fact]
    public void HallLedgerAndArchiveStay()
    {
        var island = Stagnating(s_settings);
        Assert.Equal(2, island.State.Hall.Best!.Id.Birth);
        Assert.Equal(2, island.State.Best!.Id.Birth);
        var known = island.Journal.OfType<IslandEvent.Proposed>().First();
        Assert.NotNull(island.State.Ledger.Find(known.Expression, 100));
        // A fingerprint of an earlier life stands for those of this one.
        var birth = Island.Outstanding(island.State)[^1].Candidate.Birth;
        island.Pass(birth, 1_000_001);
        Assert.Equal((Verdict.Equivalent, new CandidateId(0, 1)), (island.LastJudgement.Verdict, island.LastJudgement.SameAs!.Value));
    }

    [Fact]
    public void AnImprovementOrAMigrantThatIsOneBeginsTheCountAnew()
    {
        var island = new Script(s_settings with { MigrationInterval = 4, Neighbours = [new(1, 0)] });
        foreach (var fitness in (double[])[0.5, 0.4, 0.5, 0.5])
        {
            island.Finish(fitness);
        }

        island.Send(new IslandCommand.Admit(1, 1, [Trees.Individual(1, 0.1, logs: 7, island: 1)]));
        for (var i = 0; i < 5; i++)
        {
            island.Finish(0.6);
        }

        Assert.Empty(island.Journal.OfType<IslandEvent.PopulationReset>());
        island.Finish(0.6);
        Assert.Single(island.Journal.OfType<IslandEvent.PopulationReset>());
    }

    [Fact]
    public void GenerationsAreGivenUpWhole()
    {
        var island = new Script(s_settings with { Schedule = Schedule.Generational });
        for (var i = 0; i < 20; i++)
        {
            island.Finish(i == 0 ? 0.1 : 0.5 + (i / 100.0));
        }

        Assert.Equal([10, 20], island.Journal.OfType<IslandEvent.PopulationReset>().Select(e => e.AtBirth));
        Assert.All(island.Journal.OfType<IslandEvent.Proposed>().Where(e => e.Birth is > 10 and <= 15), e => Assert.Equal(Origin.Initial, e.Origin));
    }

    [Fact]
    public void WhatRacingComparesWithBeginsAnewToo()
    {
        var settings = s_settings with { Racing = new() { Enabled = true, WarmUp = 2, Spared = 0 } };
        var island = Stagnating(settings);
        Assert.All(island.Journal.OfType<IslandEvent.Proposed>().Where(e => e.Birth > 9), e => Assert.All(e.Rungs, r => Assert.Null(r.Bar)));
        Assert.Contains(island.Journal.OfType<IslandEvent.Proposed>().Where(e => e.Birth <= 9), e => e.Rungs.Any(r => r.Bar is not null));
    }

    [Fact]
    public void NothingRestartsUnlessAsked()
    {
        var world = new Archipelago(Founders.Of(2, Topology.Ring, new() { Population = 5 }), 400, new HashOracle(), 1).Run();
        Assert.DoesNotContain(world.History, e => e is IslandEvent.PopulationReset);
    }

    // Birth 2 is the best; six births later the population restarts.
    private static Script Stagnating(IslandSettings settings)
    {
        var island = new Script(settings);
        foreach (var fitness in (double[])[0.5, 0.2, 0.4, 0.5, 0.5, 0.6, 0.6, 0.6])
        {
            var birth = Island.Outstanding(island.State)[0].Candidate.Birth;
            island.Pass(birth);
            island.Report(birth, Stage.Train, new Finding.Trained([fitness], 500, Diverged: false, 10) { Curve = settings.Racing.Enabled ? [fitness, fitness, fitness] : [] });
        }

        return island;
    }
}
