using System.Collections.Immutable;
using LossActors.Actors.Experiments;
using LossActors.Actors.Runs;
using LossActors.Evolution.Candidates;
using LossActors.Expressions;
using Xunit;

namespace LossActors.Actors.Tests.Runs;

/// <summary>What users may change about a search, and what follows.</summary>
public sealed class AmendmentsTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    private static RunState State(Experiment? experiment = null) =>
        RunState.Of(new RunEvent.Started(s_now, "r1", experiment ?? SearchTest.Small(), "hash", "error-rate", ImmutableSortedDictionary<string, string>.Empty));

    private static RunState After(RunState state, params ReadOnlySpan<Amendment> amendments)
    {
        foreach (var amendment in amendments)
        {
            state = state.Apply(Amendments.Decide(state, $"ask {state.Amendments}", amendment, s_now)!);
        }

        return state;
    }

    private static ImmutableArray<ExperimentOverride> Set(params ReadOnlySpan<string> settings)
    {
        var set = ImmutableArray.CreateBuilder<ExperimentOverride>();
        foreach (var setting in settings)
        {
            set.Add(ExperimentOverride.Parse(setting));
        }

        return set.ToImmutable();
    }

    [Fact]
    public void AChangeIsForAllIslandsButThoseThatDiffer()
    {
        var state = After(State(), new Amendment.Change(Set("search.population=5"), 1), new Amendment.Change(Set("search.population=30", "search.variation.point=9"), null));

        Assert.Equal([30, 5, 30], state.Present.Select(i => i.Population));
        Assert.Equal([9.0, 9.0], state.Present.Where(i => i.Island != 1).Select(i => i.Variation[Origin.Point]));
        Assert.Equal([2, 1, 2], state.Revisions);

        // What journals begin from stays.
        Assert.Equal([8, 8, 8], state.Founding.Select(i => i.Population));
    }

    [Fact]
    public void AnIslandsOwnSettingsGrowOneByOne()
    {
        var state = After(State(), new Amendment.Change(Set("search.population=5"), 1), new Amendment.Change(Set("search.tournament=2"), 1));
        Assert.Equal((5, 2), (state.Present[1].Population, state.Present[1].TournamentSize));
    }

    [Fact]
    public void AnAddedIslandIsLikeTheOthersOrLikeTheOneThatItIsACloneOf()
    {
        var state = After(
            State(), new Amendment.Change(Set("search.population=5"), 1), new Amendment.AddIsland(null, []), new Amendment.AddIsland(1, Set("search.elites=3")));

        Assert.Equal([8, 5, 8, 8, 5], state.Present.Select(i => i.Population));
        Assert.Equal(3, state.Present[4].Elites);
        Assert.Equal([null, null, null, null, 1], state.Present.Select(i => i.CloneOf));
        Assert.Equal((5, 5, 5), (state.Grants.Length, state.Unspent.Length, state.Injected.Length));

        // The ring closes over the new ones.
        Assert.Equal([4, 0, 1, 2, 3], state.Present.Select(i => i.Neighbours[0].From));
        Assert.All(state.Founding.Skip(3), i => Assert.True(i.IsAdded));
    }

    [Fact]
    public void AClosedIslandHasNoNeighboursAndTheOthersDoWithoutIt()
    {
        var state = After(State(), new Amendment.CloseIsland(1));
        Assert.Empty(state.Present[1].Neighbours);
        Assert.Equal([(2, 0), (0, 2)], new[] { state.Present[0], state.Present[2] }.Select(i => (i.Neighbours[0].From, i.Island)));
        Assert.Equal(0, state.NextGrant(1));
    }

    [Fact]
    public void WhatAClosedIslandLeavesIsTheOthers()
    {
        var state = State(SearchTest.Small(evaluations: 60));
        state = state.Apply(new RunEvent.BudgetGranted(s_now, 1, 1, 60));
        Assert.Equal(0, state.NextGrant(0));

        state = After(state, new Amendment.CloseIsland(1)).Apply(new RunEvent.IslandClosed(s_now, 1, 10));
        Assert.Equal(50, Drain(state, 0, 2));
    }

    [Fact]
    public void ADividedBudgetIsDividedAmongThoseThatAreOpenAndMetExactly()
    {
        var experiment = SearchTest.Small(evaluations: 100);
        experiment = ExperimentReader.Change(experiment, [ExperimentOverride.Parse("search.overrides=[{ islands = [0], budget = 3 }]")]);
        var state = State(experiment);
        state = state.Apply(new RunEvent.BudgetGranted(s_now, 0, 1, 60));

        state = After(state, new Amendment.AddIsland(null, []), new Amendment.CloseIsland(2));
        Assert.Equal(100 - 60, Drain(state, 0, 1, 3));
    }

    [Theory]
    [InlineData("search.seed=8", "experiment.search.seed cannot change while a search goes on; these can: search.population")]
    [InlineData("training.steps=900", "experiment.training.steps cannot change")]
    [InlineData("search.islands=9", "experiment.search.islands cannot change")]
    [InlineData("racing.rungs=1", "experiment.racing.rungs cannot change")]
    [InlineData("search.populatoin=9", "did you mean population?")]
    [InlineData("search.population=0", "experiment.search.population must be")]
    [InlineData("search.topology=graph", "needs links")]
    public void WhatMayNotChangeIsRefused(string setting, string says) =>
        Assert.Contains(says, Refused(State(), new Amendment.Change(Set(setting), null)), StringComparison.Ordinal);

    [Fact]
    public void WhatIsTheSameOnAllIslandsIsNotForOne() =>
        Assert.Contains("leave out --island", Refused(State(), new Amendment.Change(Set("search.topology=star"), 1)), StringComparison.Ordinal);

    public static TheoryData<Amendment, string> Impossible => new()
    {
        { new Amendment.CloseIsland(3), "there is no island 3; there are 3, from 0" },
        { new Amendment.PauseIsland(-1), "there is no island -1" },
        { new Amendment.ResumeIsland(1), "island 1 is not paused" },
        { new Amendment.AddIsland(7, []), "there is no island 7 to be cloned" },
        { new Amendment.Inject("add(y", null), "add(y" },
        { new Amendment.Inject("square(y)", null), "it needs both y and f" },
        { new Amendment.Inject("square(sub(y, f))", 5), "there is no island 5" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void WhatCannotBeIsRefused(Amendment amendment, string says) => Assert.Contains(says, Refused(State(), amendment), StringComparison.Ordinal);

    [Fact]
    public void WhatIsSoAlreadyIsRefused()
    {
        var state = After(State(), new Amendment.PauseIsland(0), new Amendment.CloseIsland(1));
        Assert.Equal("island 0 is paused already", Refused(state, new Amendment.PauseIsland(0)));
        Assert.Equal("island 1 is closed", Refused(state, new Amendment.CloseIsland(1)));
        Assert.Contains("island 1 is closed", Refused(state, new Amendment.Inject("square(sub(y, f))", 1)), StringComparison.Ordinal);
        Assert.Contains("it is the last island", Refused(After(state, new Amendment.CloseIsland(2)), new Amendment.CloseIsland(0)), StringComparison.Ordinal);
    }

    [Fact]
    public void AStrictSearchAndOneThatEndsAreNotChanged()
    {
        Assert.Contains("it is strict", Refused(State(SearchTest.Small(strict: true)), new Amendment.AddIsland(null, [])), StringComparison.Ordinal);
        var stopping = State().Apply(new RunEvent.Stopping(s_now, "enough"));
        Assert.Contains("proposes no candidates any more", Refused(stopping, new Amendment.Inject("square(sub(y, f))", null)), StringComparison.Ordinal);
    }

    [Fact]
    public void AnIslandThatDoesNotImproveHasAnotherBeginOnceEachTimeUpToALimit()
    {
        var small = SearchTest.Small();
        var state = State(small with { Search = small.Search with { MostIslands = 5 } });
        state = state.Apply(Amendments.Spawn(state, 1, 1, s_now)!);
        Assert.Null(Amendments.Spawn(state, 1, 1, s_now));
        Assert.Null(Amendments.Spawn(RunSnapshot.Of(state).Restore(), 1, 1, s_now));

        state = state.Apply(Amendments.Spawn(state, 1, 3, s_now)!);
        Assert.Equal(5, state.Present.Length);
        Assert.Null(Amendments.Spawn(state, 2, 1, s_now));
    }

    [Fact]
    public void WhatIsAskedForTwiceIsMadeOnce()
    {
        var state = State();
        state = state.Apply(Amendments.Decide(state, "ask", new Amendment.AddIsland(null, []), s_now)!);
        Assert.Null(Amendments.Decide(state, "ask", new Amendment.AddIsland(null, []), s_now));
        state = state.Apply(Amendments.Decide(state, "ask again", new Amendment.Inject("square(sub(y, f))", 1), s_now)!);
        Assert.Null(Amendments.Decide(RunSnapshot.Of(state).Restore(), "ask again", new Amendment.Inject("square(sub(y, f))", 1), s_now));
    }

    [Fact]
    public void InjectedLossesGoRoundTheIslandsThatWork()
    {
        var inject = new Amendment.Inject("square(sub(y, f))", null);
        var state = After(State(), new Amendment.PauseIsland(0), inject, inject, inject);
        Assert.Equal([0, 2, 1], state.Injected.Select(i => i.Length));
        Assert.Equal(Expression.Parse("square(sub(y, f))"), state.Injected[1][0]);
    }

    [Fact]
    public void WarmStartsAreNotDealtAgain()
    {
        var small = SearchTest.Small();
        var state = State(small with { Search = small.Search with { WarmStart = new() { Expressions = ["square(sub(y, f))", "abs(sub(y, f))", "mul(y, f)", "mul(y, log(f))"] } } });
        var before = state.Present.Select(i => i.WarmStarts.ToArray()).ToArray();

        state = After(state, new Amendment.AddIsland(null, []));
        Assert.Equal(before, state.Present.Take(3).Select(i => i.WarmStarts.ToArray()));
        Assert.Empty(state.Present[3].WarmStarts);
    }

    [Fact]
    public void AStateAmendedComesBackFromItsSnapshot()
    {
        var state = After(State(), new Amendment.AddIsland(1, []), new Amendment.Inject("square(sub(y, f))", 3), new Amendment.CloseIsland(0));
        var back = RunSnapshot.Of(state).Restore();
        Assert.Equal(state.Revisions, back.Revisions);
        Assert.Equal(state.Present.Select(i => i.Island), back.Present.Select(i => i.Island));
        Assert.Equal(state.Injected[3], back.Injected[3]);
    }

    private static string Refused(RunState state, Amendment amendment) => Assert.Throws<AmendmentException>(() => Amendments.Decide(state, "another", amendment, s_now)).Message;

    // All that these islands still get.
    private static int Drain(RunState state, params ReadOnlySpan<int> islands)
    {
        var sum = 0;
        foreach (var island in islands)
        {
            while (state.NextGrant(island) is > 0 and var births)
            {
                sum += births;
                state = state.Apply(new RunEvent.BudgetGranted(s_now, island, state.Grants[island].Length + 1, births));
            }
        }

        return sum;
    }
}
