using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Fame;
using LossActors.Evolution.Tests.Simulation;
using Xunit;

namespace LossActors.Evolution.Tests.Fame;

public sealed class TaskHallsTests
{
    private static readonly TaskSet s_one = TaskSet.Of([1]);

    private static readonly Individual[] s_easy = [Trees.Individual(1, 0.01, logs: 3), Trees.Individual(2, 0.02, logs: 2), Trees.Individual(3, 0.03, logs: 1)];
    private static readonly Individual[] s_hard = [Trees.Individual(1, 0.5, logs: 3, island: 1), Trees.Individual(2, 0.6, logs: 4, island: 1)];

    [Fact]
    public void WithoutOthersItIsAHallOfFame()
    {
        var (halls, hall) = (Of((TaskSet.All, s_easy)), s_easy.Aggregate(new HallOfFame(), (hall, individual) => hall.With(individual)));
        Assert.Equal(hall.Front, halls.Fronts);
        Assert.Equal(hall.Finalists(2), halls.Finalists(2));
    }

    [Fact]
    public void AnErrorOnOneTaskDrivesNobodyOutWhoWasMeasuredOnAnother()
    {
        var halls = Of((TaskSet.All, s_easy), (s_one, s_hard));
        Assert.Contains(s_hard[0], halls.Fronts);
        // Each hall's in turn; of an expression that is in both the first one.
        Assert.Equal([s_easy[0], s_easy[1], s_hard[1], s_easy[2]], halls.Finalists(4));
        Assert.Equal([s_easy[0], s_easy[1]], halls.Finalists(2));
    }

    [Fact]
    public void WhatItHoldsDoesNotDependOnTheOrder()
    {
        var (one, other) = (Of((TaskSet.All, s_easy), (s_one, s_hard)), Of((s_one, [.. s_hard.Reverse()]), (TaskSet.All, [.. s_easy.Reverse()])));
        Assert.Equal(one.Fronts, other.Fronts);
        Assert.Equal(one.Finalists(5), other.Finalists(5));
    }

    private static TaskHalls Of(params (TaskSet Tasks, Individual[] Individuals)[] all) =>
        all.SelectMany(some => some.Individuals.Select(individual => (some.Tasks, individual))).Aggregate(new TaskHalls(), (halls, one) => halls.With(one.Tasks, one.individual));
}
