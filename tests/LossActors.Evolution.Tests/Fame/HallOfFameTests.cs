using CsCheck;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Fame;
using LossActors.Evolution.Tests.Simulation;
using Xunit;

namespace LossActors.Evolution.Tests.Fame;

public sealed class HallOfFameTests
{
    private static readonly Gen<Individual[]> s_individuals =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 6], (fitness, logs) => (fitness, logs)).Array[0, 60]
            .Select(all => all.Select((x, i) => Trees.Individual(i + 1, x.fitness / 10.0, x.logs)).ToArray());

    [Fact]
    public void TheFrontHoldsExactlyWhatNothingElseDominates() => s_individuals.Sample(all =>
    {
        var front = all.Aggregate(new HallOfFame(), (hall, i) => hall.With(i)).Front;
        var expected = all.Where(i => !all.Any(j => Dominates(j, i))).OrderBy(i => i.Complexity);
        Assert.Equal(expected, front);
    });

    [Fact]
    public void WhoWasStoppedEarlyHasNoPlaceHoweverSmallItsError()
    {
        var (full, stopped) = (Trees.Individual(1, 0.5), Trees.Individual(2, 0.1) with { StoppedAt = 100 });
        Assert.Equal([full], new HallOfFame().With(full).With(stopped).Members);
        Assert.True(Individual.Best.Compare(full, stopped) < 0);
        Assert.True(Individual.Best.Compare(stopped with { Fitness = 0.9, StoppedAt = 300 }, stopped) < 0);
    }

    [Fact]
    public void WhatItHoldsDoesNotDependOnTheOrder() => Gen.Select(s_individuals, Gen.Int).Sample((all, seed) =>
    {
        var one = all.Aggregate(new HallOfFame { Capacity = 5 }, (hall, i) => hall.With(i));
        var shuffled = all.ToArray();
        new Random(seed).Shuffle(shuffled);
        var other = shuffled.Aggregate(new HallOfFame { Capacity = 5 }, (hall, i) => hall.With(i));
        Assert.Equal(one.Front, other.Front);
        Assert.Equal(one.Finalists(5), other.Finalists(5));
    });

    [Fact]
    public void TheHallOfManyHallsHoldsWhatOneForEverybodyWouldHold() => Gen.Select(s_individuals, Gen.Int[1, 4]).Sample((all, islands) =>
    {
        var empty = new HallOfFame { Capacity = 5 };
        var one = all.Aggregate(empty, (hall, i) => hall.With(i));
        var halls = all.GroupBy(i => i.Id.Birth % islands).Select(island => island.Aggregate(empty, (hall, i) => hall.With(i)));
        var joint = halls.SelectMany(hall => hall.Members).Aggregate(empty, (hall, i) => hall.With(i));
        Assert.Equal(one.Front, joint.Front);
        Assert.Equal(one.Finalists(5), joint.Finalists(5));
        Assert.Equal(one.Members, joint.Members);
    });

    [Fact]
    public void FinalistsAreTheFrontAndTheFittestEachExpressionOnce()
    {
        var hall = new[]
        {
            Trees.Individual(1, 0.5), Trees.Individual(2, 0.1, logs: 3), Trees.Individual(3, 0.1, logs: 3),
            Trees.Individual(4, 0.2, logs: 4), Trees.Individual(5, 0.9, logs: 5),
        }.Aggregate(new HallOfFame(), (h, i) => h.With(i));
        Assert.Equal([2, 4, 1], hall.Finalists(3).Select(i => i.Id.Birth));
        Assert.Equal(2, hall.Best!.Id.Birth);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void AFitnessThatIsNotFiniteHasNoPlace(double fitness) =>
        Assert.Empty(new HallOfFame().With(Trees.Individual(1, fitness)).Finalists(10));

    [Fact]
    public void RankingGoesByTheMeanOfAllReplicatesThenBySize()
    {
        Measured[] finalists =
        [
            new(Trees.Individual(1, 0.1, logs: 1), [0.1, 0.5]),
            new(Trees.Individual(2, 0.2, logs: 3), [0.2, 0.2]),
            new(Trees.Individual(3, 0.2, logs: 2), [0.2, 0.2]),
            new(Trees.Individual(4, 0.0), [0.0, double.NaN]),
        ];
        Assert.Equal([3, 2, 1, 4], Ranking.Of(finalists).Select(m => m.Individual.Id.Birth));
        Assert.Equal([1, 3], Ranking.Front(finalists).Select(m => m.Individual.Id.Birth));
        Assert.Equal(double.PositiveInfinity, finalists[3].Mean);
    }

    private static bool Dominates(Individual one, Individual other) =>
        one.Fitness <= other.Fitness && one.Complexity <= other.Complexity && one != other
        && ((one.Fitness, one.Complexity) != (other.Fitness, other.Complexity) || Individual.Best.Compare(one, other) < 0);
}
