using LossActors.Expressions;
using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using LossActors.Learning.Tests.Losses.Neural;
using LossActors.Learning.Tests.Support;
using LossActors.Learning.Training;
using Xunit;

namespace LossActors.Learning.Tests.Training;

public sealed class NeuralTrainingTests
{
    [Theory]
    [InlineData(TrainingPath.Compiled)]
    [InlineData(TrainingPath.Batched)]
    public void ANetworkUnderANeuralLossIsTheOneOfThePlainPathAloneAndInACohort(TrainingPath path)
    {
        using var task = Tasks.Make(TaskKind.Classification, 3);
        var network = NetworkFactory.Create(new NetworkSettings { Hidden = [6, 9] }, task.Shape);
        var settings = new TrainingSettings { Steps = 15, BatchSize = 16, WeightDecay = 0.01 };
        var neural = new Trial(LossFunction.Of(NeuralLossTests.Start(8)), 0.3);
        Trial[] company = [new(LossFunction.Task, 0.1), neural, new(LossFunction.Of(Expression.Parse("square(sub(y, f))")), 0.1)];

        using var plain = new Trainer(network, task, settings, 3, TrainingPath.Plain).Train(neural, 1);
        using var alone = new Trainer(network, task, settings, 3, path).Train(neural, 1);
        var cohort = new Trainer(network, task, settings, 3, path).TrainCohort(company, 1);

        AssertSame(plain, alone);
        AssertSame(plain, cohort[1]);
        foreach (var trained in cohort)
        {
            trained.Dispose();
        }
    }

    private static void AssertSame(TrainedNetwork expected, TrainedNetwork actual)
    {
        Assert.False(actual.Diverged);
        Assert.All(Weights(expected).Zip(Weights(actual)), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    private static double[] Weights(TrainedNetwork network) => [.. network.State.SelectMany(p => p.data<double>().ToArray())];
}
