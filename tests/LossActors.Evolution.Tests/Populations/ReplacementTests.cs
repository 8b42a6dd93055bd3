using LossActors.Evolution.Islands;
using LossActors.Evolution.Populations;
using LossActors.Evolution.Selection;
using LossActors.Evolution.Tests.Simulation;
using Xunit;

namespace LossActors.Evolution.Tests.Populations;

public sealed class ReplacementTests
{
    private static readonly IslandSettings s_three = new() { Population = 3, Elites = 1 };

    [Fact]
    public void TheOldestLeavesWhenAnotherIsBorn()
    {
        var after = Replacement.ByAge(
            [Trees.Individual(1, 0.5), Trees.Individual(2, 0.3), Trees.Individual(3, 0.9)], Trees.Individual(4, 0.99), s_three);
        Assert.Equal([2, 3, 4], after.Select(m => m.Id.Birth));
    }

    [Fact]
    public void TheBestNeverLeavesByAge()
    {
        var after = Replacement.ByAge(
            [Trees.Individual(1, 0.1), Trees.Individual(2, 0.3), Trees.Individual(3, 0.2)], Trees.Individual(4, 0.99), s_three);
        Assert.Equal([1, 3, 4], after.Select(m => m.Id.Birth));
    }

    [Fact]
    public void WhereAllAreElitesOnlyABetterOneEnters()
    {
        var all = s_three with { Elites = 3 };
        var members = (Trees.Individual(1, 0.1), Trees.Individual(2, 0.3), Trees.Individual(3, 0.2));
        Assert.Equal([1, 3, 4], Replacement.ByAge([members.Item1, members.Item2, members.Item3], Trees.Individual(4, 0.25), all).Select(m => m.Id.Birth));
        Assert.Equal([1, 2, 3], Replacement.ByAge([members.Item1, members.Item2, members.Item3], Trees.Individual(4, 0.35), all).Select(m => m.Id.Birth));
    }

    [Fact]
    public void AGenerationIsTheEliteThenTheChildrenThenTheBestParents()
    {
        var after = Replacement.ByGeneration(
            [Trees.Individual(1, 0.5, logs: 1), Trees.Individual(2, 0.1, logs: 2), Trees.Individual(3, 0.3, logs: 3)], [Trees.Individual(4, 0.9, logs: 4)], s_three);
        Assert.Equal([2, 4, 3], after.Select(m => m.Id.Birth));
    }

    [Fact]
    public void TheWorstChildrenLeaveWhereThereAreTooMany()
    {
        var after = Replacement.ByGeneration(
            [Trees.Individual(1, 0.2, logs: 1)], [Trees.Individual(2, 0.9, logs: 2), Trees.Individual(3, 0.4, logs: 3), Trees.Individual(4, 0.3, logs: 4)], s_three);
        Assert.Equal([1, 4, 3], after.Select(m => m.Id.Birth));
    }

    [Fact]
    public void ALargeTournamentIsWonByTheBestAndAmongEqualsByTheSmallest()
    {
        var winner = Tournament.Select(
            [Trees.Individual(1, 0.2, logs: 2), Trees.Individual(2, 0.2, logs: 1), Trees.Individual(3, 0.9)], 200, Trees.Stream(1));
        Assert.Equal(2, winner.Id.Birth);
    }

    [Fact]
    public void ATournamentOfOneIsADrawFromAll()
    {
        var random = Trees.Stream(1);
        var winners = Enumerable.Range(0, 3000)
            .Select(_ => Tournament.Select([Trees.Individual(1, 0.2), Trees.Individual(2, 0.4), Trees.Individual(3, 0.9)], 1, random).Id.Birth);
        Assert.All(winners.CountBy(w => w), w => Assert.InRange(w.Value, 900, 1100));
    }
}
