using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Racing;
using LossActors.Expressions;
using LossActors.Learning.Laboratory;
using LossActors.Learning.Protocols;
using Xunit;

namespace LossActors.Learning.Tests.Laboratory;

public sealed class DivisionsTests
{
    private static readonly Expression s_square = Expression.Parse("square(sub(y, f))");

    private static readonly EvaluationProtocol s_once = new()
    {
        Task = new() { Dataset = "diabetes" },
        Network = new() { Kind = "linear" },
        Training = new() { Steps = 40, LearningRate = 0.05, BatchSize = 60 },
        Filters = new() { Steps = 50 },
    };

    private static readonly EvaluationProtocol s_thrice = s_once with { Divisions = 3 };

    [Fact]
    public void FitnessIsTheMeanOverNetworksOfEveryDivision()
    {
        using var bench = Bench.Open(s_thrice, "cpu");
        using var once = Bench.Open(s_once, "cpu");

        var found = (Finding.Trained)bench.Train(s_square, 0, 2);

        Assert.Equal(2 * 3 * 40, found.Steps);
        Assert.Equal(3 * 40, s_thrice.FullSteps);
        Assert.Equal(2, found.Replicates.Length);
        Assert.Empty(found.TaskErrors);
        Assert.NotEqual(((Finding.Trained)once.Train(s_square, 0, 2)).Replicates, found.Replicates);
    }

    // Copies of the data begin at other places in their cache lines each time, which must not show in any bit.
    [Fact]
    public void TheSameLossHasTheSameFitnessToTheLastBitWhereverItsDataLie()
    {
        var fitnesses = Enumerable.Range(0, 12).Select(_ =>
        {
            using var bench = Bench.Open(s_thrice, "cpu");
            return Fitness(bench);
        }).ToList();

        Assert.Single(fitnesses.Distinct());
    }

    [Fact]
    public void ARungLiesInTheFirstDivisionAndSparesTheOthers()
    {
        using var bench = Bench.Open(s_thrice, "cpu");

        var found = (Finding.Trained)bench.Train([new Entrant(s_square) { Rungs = [new(4, -1)] }], 0, 1)[0];

        Assert.Equal((10, 110), (found.Steps, found.SavedSteps));
    }

    [Fact]
    public void OfSeveralTasksEachHasOneErrorWhateverItsDivisions()
    {
        var further = new FurtherTask { Task = s_once.Task, Network = s_once.Network, Training = s_once.Training with { Steps = 20 } };
        using var both = Bench.Open(s_thrice with { FurtherTasks = [further] }, "cpu");
        using var one = Bench.Open(s_thrice, "cpu");
        using var other = Bench.Open(s_thrice.On(further), "cpu");

        var found = (Finding.Trained)both.Train(s_square, 0, 2);

        Assert.Equal([Fitness(one), Fitness(other)], found.TaskErrors, (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal((Fitness(one) + Fitness(other)) / 2, found.Fitness, 1e-9);
    }

    private static double Fitness(Bench bench) => ((Finding.Trained)bench.Train(s_square, 0, 2)).Fitness;
}
