using LossActors.Evolution.Islands;
using LossActors.Evolution.Tests.Simulation;
using Xunit;

namespace LossActors.Evolution.Tests.Islands;

public sealed class BudgetTests
{
    private static readonly IslandSettings s_settings = new() { Window = 3, Refinement = RefinementPolicy.None };

    [Fact]
    public void AnIslandAsksForItsFirstGrantAtOnce() => Assert.Equal(1, Island.GrantNeeded(Island.Initial(s_settings)));

    [Fact]
    public void ItAsksAgainWhenFewerBirthsThanItsWindowAreLeft()
    {
        var island = new Script(s_settings, births: 7);
        Assert.Null(Island.GrantNeeded(island.State));
        island.Stop(1);
        Assert.Null(Island.GrantNeeded(island.State));
        island.Stop(2);
        Assert.Equal(2, Island.GrantNeeded(island.State));
    }

    [Fact]
    public void AfterAGrantOfNothingItSpendsWhatItHasAndIsFinished()
    {
        var island = new Script(s_settings, births: 4, exhausted: true);
        Assert.Null(Island.GrantNeeded(island.State));
        for (var birth = 1; birth <= 4; birth++)
        {
            Assert.False(island.State.IsFinished);
            island.Stop(birth);
        }

        Assert.True(island.State.IsFinished);
        Assert.Equal((4, 4), (island.State.Proposed, island.State.Judged));
    }

    [Fact]
    public void ARaisedBudgetSetsItGoingAgain()
    {
        var island = new Script(s_settings, births: 1, exhausted: true);
        island.Stop(1);
        island.Send(new IslandCommand.Grant(3, 2));
        Assert.False(island.State.IsFinished);
        Assert.Equal([2, 3], Island.Outstanding(island.State).Select(a => a.Candidate.Birth));
    }

    [Theory]
    [InlineData(0, 25, "population")]
    [InlineData(25, 0, "window")]
    public void SettingsThatCannotWorkAreRefused(int population, int window, string named) =>
        Assert.Contains(named, Assert.Throws<ArgumentException>(
            () => Island.Initial(new() { Population = population, Window = window })).Message, StringComparison.Ordinal);
}
