using LossActors.Evolution.Evaluation;
using LossActors.Learning.Laboratory;
using LossActors.Learning.Losses.Neural;
using LossActors.Learning.Protocols;
using LossActors.Learning.Tests.Losses.Neural;
using Xunit;

namespace LossActors.Learning.Tests.Laboratory;

public sealed class LearnTests
{
    // The default experiment's network and training; the tuning is shorter than the preset's.
    private static readonly EvaluationProtocol s_digits = new()
    {
        Task = new TaskSettings { Dataset = "digits" },
        Network = new NetworkSettings { Kind = "mlp", Hidden = [64, 64] },
        Training = new TrainingSettings { Steps = 150, LearningRate = 0.1 },
        Refinement = new RefinementSettings { Steps = 30, InnerSteps = 20, LearningRate = 3e-3, OuterBatchSize = 1000, Checkpoints = 1, CheckpointReplicates = 2 },
        Replicates = 2,
    };

    [Fact]
    public void ALearnedLossTrainsDigitsBetterThanItsRandomStart()
    {
        using var bench = Bench.Open(s_digits, "cpu");
        var start = NeuralLossTests.Start(1);

        var learned = Assert.IsType<LearnedLoss>(bench.Learn(start, 2, TestContext.Current.CancellationToken));

        // On networks that neither chose.
        var (before, after) = (Fresh(start), Fresh(learned.Network));
        Assert.True(after < before - 0.3, $"{before:f4} → {after:f4}");
        Assert.True(learned.After < learned.Before - 0.3, $"{learned}");
        Assert.Equal((30, 2 * 150), (learned.MetaSteps, learned.TrainedSteps));
        Assert.Equal((30 * 20) + ((2 + 2) * 2 * 150), learned.LearningSteps);

        double Fresh(NeuralLoss loss) => Assert.IsType<Finding.Trained>(bench.TrainNeural([loss], 2, 2, TestContext.Current.CancellationToken)[0]).Fitness;
    }
}
