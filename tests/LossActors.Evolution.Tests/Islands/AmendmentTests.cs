using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Snapshots;
using LossActors.Evolution.Tests.Simulation;
using LossActors.Expressions;
using Xunit;

namespace LossActors.Evolution.Tests.Islands;

/// <summary>What users change about an island that has begun.</summary>
public sealed class AmendmentTests
{
    private static readonly IslandSettings s_settings = new() { Window = 2, Population = 4, Elites = 1, Refinement = RefinementPolicy.None, Racing = new() { Enabled = false } };
    private static readonly Expression s_loss = Expression.Parse("abs(sub(y, mul(0.7*f, f)))");

    [Fact]
    public void OtherSettingsHoldFromThenOnAndAreThereAfterARestart()
    {
        var island = new Script(s_settings);
        island.Send(new IslandCommand.Amend(3, s_settings with { Window = 5 }));

        Assert.Equal((3, 5), (island.State.Revision, island.State.InFlight.Count));
        island.Restart();
        Assert.Equal((3, 5), (island.State.Revision, island.State.Settings.Window));

        // From a snapshot: whoever restores it knows only what the island was founded with.
        Assert.Equal(5, IslandSnapshot.Of(island.State).Restore(s_settings).Settings.Window);
    }

    [Fact]
    public void ARevisionThatIsNotNewerChangesNothing()
    {
        var island = new Script(s_settings);
        island.Send(new IslandCommand.Amend(3, s_settings with { Window = 5 }));
        island.Send(new IslandCommand.Amend(3, s_settings with { Window = 7 }));
        island.Send(new IslandCommand.Amend(2, s_settings with { Window = 8 }));

        Assert.Equal(5, island.State.Settings.Window);
    }

    public static TheoryData<string> Fixed => ["seed", "number", "strict", "schedule", "racing", "warm starts", "random", "tasks", "closed"];

    [Theory]
    [MemberData(nameof(Fixed))]
    public void WhatBirthsAreNumberedDrawnAndComparedByIsFixed(string what)
    {
        var state = Island.Initial(s_settings with { IsClosed = what == "closed" });
        var changed = what switch
        {
            "seed" => s_settings with { Seed = 2 },
            "number" => s_settings with { Island = 1 },
            "strict" => s_settings with { Strict = true },
            "schedule" => s_settings with { Schedule = Schedule.Generational },
            "racing" => s_settings with { Racing = new() { Enabled = true } },
            "warm starts" => s_settings with { WarmStarts = [s_loss] },
            "random" => s_settings with { RandomSearch = true },
            "tasks" => s_settings with { Tasks = TaskSet.Of([1]) },
            _ => s_settings,
        };

        Assert.Throws<ArgumentException>(() => Island.Decide(state, new IslandCommand.Amend(1, changed)));
    }

    [Fact]
    public void SettingsThatContradictThemselvesAreRefused() =>
        Assert.Throws<ArgumentException>(() => Island.Decide(Island.Initial(s_settings), new IslandCommand.Amend(1, s_settings with { Population = 0 })));

    [Fact]
    public void ASmallerPopulationKeepsItsEliteAndItsYoungest()
    {
        var island = new Script(s_settings);
        double[] fitness = [0.1, 0.4, 0.3, 0.2];
        foreach (var value in fitness)
        {
            island.Finish(value);
        }

        island.Send(new IslandCommand.Amend(1, s_settings with { Population = 2 }));

        Assert.Equal([0.1, 0.2], island.State.Population.Select(m => m.Fitness));
    }

    [Fact]
    public void APausedIslandFinishesWhatItHasInFlightProposesNothingAndGoesOnLater()
    {
        var island = new Script(s_settings);
        island.Send(new IslandCommand.Amend(1, s_settings with { IsPaused = true }));
        island.Finish(0.5);
        island.Finish(0.4);

        Assert.Equal((2, 0), (island.State.Proposed, island.State.InFlight.Count));
        Assert.False(island.State.IsFinished);

        island.Send(new IslandCommand.Amend(2, s_settings));
        Assert.Equal(4, island.State.Proposed);
    }

    [Fact]
    public void APausedIslandAsksForNoGrant()
    {
        var state = Island.Advance(Island.Initial(s_settings), new IslandCommand.Amend(1, s_settings with { IsPaused = true })).After;
        Assert.Null(Island.GrantNeeded(state));
        Assert.NotNull(Island.GrantNeeded(Island.Advance(state, new IslandCommand.Amend(2, s_settings)).After));
    }

    [Fact]
    public void AClosedIslandGivesBackWhatItHasNotSpentFinishesAndStaysSo()
    {
        var island = new Script(s_settings);
        island.Send(new IslandCommand.Amend(1, s_settings with { IsClosed = true }));
        Assert.Equal(998, island.Journal.OfType<IslandEvent.BudgetWithdrawn>().Single().Births);

        island.Finish(0.5);
        island.Finish(0.4);

        Assert.True(island.State.IsFinished);
        Assert.Equal(2, island.State.Proposed);
        Assert.Null(Island.GrantNeeded(island.State));
    }

    [Fact]
    public void AnInjectedLossIsTheNextBirthOnceAndIsJudgedLikeAnybody()
    {
        var island = new Script(s_settings);
        island.Send(new IslandCommand.Inject(1, s_loss));
        island.Send(new IslandCommand.Inject(1, s_loss));
        island.Restart();
        island.Finish(0.5);

        Assert.Equal((3, Origin.Injected), (island.LastProposal.Birth, island.LastProposal.Origin));
        Assert.Single(island.Journal.OfType<IslandEvent.Injected>());
        island.Pass(3);
        island.Train(3, 0.01);
        Assert.Equal(new CandidateId(0, 3), island.State.Best!.Id);
        Assert.NotEqual(Origin.Injected, island.LastProposal.Origin);
    }

    [Fact]
    public void AnInjectionOutOfOrderWaitsForTheOneBeforeIt()
    {
        var island = new Script(s_settings);
        island.Send(new IslandCommand.Inject(2, s_loss));
        Assert.Empty(island.Journal.OfType<IslandEvent.Injected>());
    }

    [Fact]
    public void EpochsAreCountedAnewWhereTheirIntervalChanges()
    {
        var settings = s_settings with { MigrationInterval = 3 };
        var island = new Script(settings);
        for (var i = 0; i < 6; i++)
        {
            island.Finish(0.5 - (0.01 * i));
        }

        Assert.Equal(2, island.State.Epoch);

        // Six births are judged. An epoch for every one of them is not due all at once.
        island.Send(new IslandCommand.Amend(1, settings with { MigrationInterval = 1 }));
        Assert.Equal(2, island.State.Epoch);
        island.Finish(0.3);
        Assert.Equal(3, island.State.Epoch);
        island.Restart();
        island.Finish(0.2);
        Assert.Equal(4, island.State.Epoch);
    }

    [Fact]
    public void AnAddedIslandDoesNothingBeforeItHearsWhatItIsToBeLike()
    {
        var state = Island.Initial(new IslandSettings { Island = 4, IsAdded = true });
        Assert.Null(Island.GrantNeeded(state));

        // It has begun nothing, so nothing is fixed.
        var settings = s_settings with { Island = 4, IsAdded = true, Seed = 9, RandomSearch = true };
        state = Island.Advance(state, new IslandCommand.Amend(1, settings)).After;
        Assert.Equal(1, Island.GrantNeeded(state));
        Assert.Equal(9ul, state.Settings.Seed);
    }

    [Fact]
    public void ACloneBeginsWithTheMembersOfItsSourceAndEvolvesThemAtOnce()
    {
        var source = new Script(s_settings);
        for (var i = 0; i < 5; i++)
        {
            source.Finish(0.5 - (0.01 * i));
        }

        var clone = Island.Advance(Island.Initial(s_settings with { Island = 1, IsAdded = true }), new IslandCommand.Amend(1, s_settings with { Island = 1, IsAdded = true, CloneOf = 0 })).After;
        Assert.Equal(0, Island.MembersNeeded(clone));
        Assert.Null(Island.GrantNeeded(clone));

        clone = Island.Advance(clone, new IslandCommand.Settle(0, Island.Members(source.State))).After;
        Assert.Equal(source.State.Population.Select(m => (m.Id, m.Fitness)), clone.Population.Select(m => (m.Id, m.Fitness)));
        Assert.Equal(source.State.Population.Min(m => m.Fitness), clone.Best!.Fitness);
        Assert.Null(Island.MembersNeeded(clone));
        Assert.Empty(Island.Decide(clone, new IslandCommand.Settle(0, [])));

        var proposed = Island.Advance(clone, new IslandCommand.Grant(1, 10)).Events.OfType<IslandEvent.Proposed>().ToList();
        Assert.All(proposed, p => Assert.All(p.Parents, parent => Assert.Equal(0, parent.Island)));
        Assert.Contains(proposed, p => p.Parents.Length > 0);
        Assert.DoesNotContain(proposed, p => p.Origin == Origin.Initial);
    }
}
