using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Racing;
using LossActors.Expressions;
using LossActors.Learning.Laboratory;
using LossActors.Learning.Protocols;
using Xunit;

namespace LossActors.Learning.Tests.Laboratory;

public sealed class HorizonTests
{
    private static readonly Expression s_square = Expression.Parse("square(sub(y, f))");
    private static readonly Expression s_absolute = Expression.Parse("abs(sub(y, f))");
    private static readonly EvaluationProtocol s_end = new()
    {
        Task = new() { Dataset = "breast-cancer" },
        Network = new() { Kind = "linear" },
        Training = new() { Steps = 60, LearningRate = 0.05, BatchSize = 60 },
        Refinement = new() { Steps = 2, LearningRate = 0.01, Checkpoints = 1, CheckpointReplicates = 1 },
        DoublePrecision = true,
    };

    private static readonly EvaluationProtocol s_three = s_end with { Training = s_end.Training with { Horizons = [15, 0.5] } };

    [Fact]
    public void FitnessIsTheMeanOfWhatTrainingsOfAllLengthsReach()
    {
        var expected = new[] { 15, 30, 60 }.Select(steps => Train(s_end with { Training = s_end.Training with { Steps = steps } }).Fitness).ToList();

        var trained = Train(s_three);

        Assert.Equal(expected, trained.HorizonErrors);
        Assert.Equal(expected.Average(), trained.Fitness, 1e-12);
        Assert.Equal(60, trained.Steps);
        Assert.NotEqual(expected[^1], trained.Fitness);
        Assert.Empty(Train(s_end).HorizonErrors);
    }

    [Fact]
    public void CandidatesTrainedTogetherAreMeasuredAtTheirHorizonsAsEachAlone()
    {
        using var bench = Bench.Open(s_three, "cpu");

        var together = bench.Train([new Entrant(s_square), new Entrant(s_absolute)], 0, 2).Cast<Finding.Trained>();

        Assert.All(
            together.Zip([s_square, s_absolute]),
            pair => Assert.Equal(((Finding.Trained)bench.Train(pair.Second, 0, 2)).Fitness, pair.First.Fitness, 1e-9));
    }

    [Fact]
    public void RungsLookAtTheErrorOfTheirOwnStep()
    {
        using var bench = Bench.Open(s_three, "cpu");
        using var plain = Bench.Open(s_end, "cpu");
        Entrant[] entrants = [new(s_square) { Rungs = [new(4, null), new(1, null)] }, new(s_square) { Rungs = [new(2, -1)] }];

        var findings = bench.Train(entrants, 0, 1).Cast<Finding.Trained>().ToList();
        var ends = plain.Train(entrants, 0, 1).Cast<Finding.Trained>().ToList();

        Assert.All(ends.Zip(findings), pair => Assert.Equal(pair.First.Curve, pair.Second.Curve));
        Assert.Equal([60, 30], findings.Select(f => f.Steps));
        Assert.Equal(Train(s_three).Fitness, findings[0].Fitness, 1e-9);
        Assert.Equal(findings[1].Curve[0], findings[1].Fitness);
    }

    [Fact]
    public void RefinementChoosesByTheSameMean()
    {
        using var three = Bench.Open(s_three, "cpu");
        using var end = Bench.Open(s_end, "cpu");

        var (a, b) = ((Finding.Refined)three.Refine(s_square), (Finding.Refined)end.Refine(s_square));

        // On the same networks, earlier errors are larger.
        Assert.InRange(a.Before, b.Before + 1e-9, 1);
    }

    private static Finding.Trained Train(EvaluationProtocol protocol)
    {
        using var bench = Bench.Open(protocol, "cpu");
        return (Finding.Trained)bench.Train(s_square, 0, 1);
    }
}
