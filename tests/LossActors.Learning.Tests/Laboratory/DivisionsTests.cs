using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Racing;
using LossActors.Expressions;
using LossActors.Learning.Datasets;
using LossActors.Learning.Laboratory;
using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using LossActors.Learning.Training;
using TorchSharp;
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

        var found = (Finding.Trained)bench.Train(s_square, 0, 2);

        Assert.Equal(2 * 3 * 40, found.Steps);
        Assert.Equal(3 * 40, s_thrice.FullSteps);
        Assert.Empty(found.TaskErrors);
        Assert.Equal([MeanOverDivisions(0), MeanOverDivisions(1)], found.Replicates, (a, b) => Math.Abs(a - b) < 1e-9);

        static double MeanOverDivisions(int replicate) => TaskLoader.Load(s_once.Task, s_once.Seed, 3).Average(data =>
        {
            using var task = LearningTask.Create(data, s_once.DoublePrecision, torch.CPU);
            var network = NetworkFactory.Create(s_once.Network, TaskShape.Of(data));
            using var trained = new Trainer(network, task, s_once.Training, s_once.Seed).Train(new(LossFunction.Of(s_square), 0.05), replicate);
            return trained.Error(task.Validation);
        });
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
