using LossActors.Expressions;
using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using LossActors.Learning.Tests.Support;
using LossActors.Learning.Training;
using Xunit;

namespace LossActors.Learning.Tests.Training;

public sealed class TrainerTests
{
    public static TheoryData<TaskKind, int, string, string?> Cases { get; } = new()
    {
        { TaskKind.Classification, 4, "mlp", "mul(-1, mul(y, 1.1*log(0.9*f)))" },
        { TaskKind.Classification, 2, "mlp", "square(sub(y, 1.2*f))" },
        { TaskKind.Regression, 0, "mlp", "add(tanh(mul(y, f)), 0.7*square(sub(y, f)))" },
        { TaskKind.Regression, 0, "linear", "max(abs(sub(y, f)), 0.5*square(sub(f, y)))" },
        { TaskKind.Classification, 3, "lenet5", "square(sub(y, f))" },
        { TaskKind.Classification, 4, "mlp", null },
        { TaskKind.Classification, 2, "linear", null },
        { TaskKind.Regression, 0, "mlp", null },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheFastPathsTrainTheSameNetworkAsThePlainOne(TaskKind kind, int classes, string network, string? loss)
    {
        using var task = Tasks.Make(kind, classes, shape: network == "lenet5" ? [1, 16, 16] : [5]);
        var net = NetworkFactory.Create(new NetworkSettings { Kind = network, Hidden = [7, 6], Activation = "tanh" }, task.Shape);
        var settings = new TrainingSettings { Steps = 25, BatchSize = 16, LearningRate = 0.05, Milestones = [10, 20], WeightDecay = 0.01 };
        var trial = new Trial(loss is null ? LossFunction.Task : LossFunction.Of(Expression.Parse(loss)), 0.05);

        using var plain = new Trainer(net, task, settings, 3, TrainingPath.Plain).Train(trial, 1);
        foreach (var path in (TrainingPath[])[TrainingPath.Compiled, TrainingPath.Batched])
        {
            using var fast = new Trainer(net, task, settings, 3, path).Train(trial, 1);

            Assert.Equal(25, fast.Steps);
            Assert.Equal(plain.Error(task.Validation), fast.Error(task.Validation), 1e-12);
            Assert.All(Weights(plain).Zip(Weights(fast)), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        }
    }

    [Theory]
    [InlineData(TrainingPath.Compiled, "linear", "relu", 0)]
    [InlineData(TrainingPath.Compiled, "mlp", "relu", 1)]
    [InlineData(TrainingPath.Compiled, "mlp", "tanh", 2)]
    [InlineData(TrainingPath.Compiled, "mlp", "relu", 3)]
    [InlineData(TrainingPath.Plain, "mlp", "relu", 1)]
    [InlineData(TrainingPath.Batched, "linear", "relu", 0)]
    [InlineData(TrainingPath.Batched, "mlp", "relu", 2)]
    [InlineData(TrainingPath.Batched, "mlp", "tanh", 3)]
    public void AMemberOfACohortGetsWhatItWouldHaveGotAlone(TrainingPath path, string kind, string activation, int hidden)
    {
        using var task = Tasks.Make(TaskKind.Classification, 3);
        var net = NetworkFactory.Create(new NetworkSettings { Kind = kind, Hidden = [.. new[] { 6, 9, 7 }[..hidden]], Activation = activation }, task.Shape);
        var settings = new TrainingSettings { Steps = 20, BatchSize = 16, WeightDecay = 0.01, Milestones = [10] };
        var trainer = new Trainer(net, task, settings, 3, path);
        var (a, b, bad) = (new Trial(LossFunction.Of(Expression.Parse("square(sub(y, f))")), 0.1), new Trial(LossFunction.Task, 0.3), new Trial(LossFunction.Task, 1e300));

        var cohort = trainer.TrainCohort([a, bad, b], 0);
        using var alone = trainer.Train(b, 0);

        Assert.Equal([false, true, false], cohort.Select(n => n.Diverged));
        Assert.Equal([20, alone.Steps], [cohort[0].Steps, cohort[2].Steps]);
        Assert.All(Weights(alone).Zip(Weights(cohort[2])), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        foreach (var network in cohort)
        {
            network.Dispose();
        }
    }

    [Theory]
    [InlineData(TrainingPath.Compiled, "linear")]
    [InlineData(TrainingPath.Compiled, "mlp")]
    [InlineData(TrainingPath.Batched, "linear")]
    [InlineData(TrainingPath.Batched, "mlp")]
    [InlineData(TrainingPath.Plain, "mlp")]
    public void WhoLeavesACohortTakesItsWeightsAndLeavesNoTrace(TrainingPath path, string kind)
    {
        using var task = Tasks.Make(TaskKind.Classification, 3);
        var net = NetworkFactory.Create(new NetworkSettings { Kind = kind, Hidden = [6, 9] }, task.Shape);
        var settings = new TrainingSettings { Steps = 20, BatchSize = 16, WeightDecay = 0.01, Milestones = [10] };
        var loss = LossFunction.Of(Expression.Parse("square(sub(y, f))"));
        var (staying, leaving, bad) = (new Trial(loss, 0.1), new Trial(loss, 0.2) { Rungs = [new(5, 1), new(2, -1), new(1, null)] }, new Trial(LossFunction.Task, 1e300));

        var cohort = new Trainer(net, task, settings, 3, path).TrainCohort([bad, leaving, staying], 0);
        using var alone = new Trainer(net, task, settings, 3, path).Train(staying, 0);
        using var half = new Trainer(net, task, settings with { Steps = 10 }, 3, path).Train(leaving with { Rungs = [] }, 0);

        Assert.Equal((10, true, false), (cohort[1].Steps, cohort[1].Stopped, cohort[1].Diverged));
        Assert.Equal(2, cohort[1].Curve.Length);
        Assert.Equal(half.Error(task.Validation), cohort[1].Curve[1]);
        Assert.Equal((true, 20, false), (cohort[0].Diverged, cohort[2].Steps, cohort[2].Stopped));
        Assert.All(Weights(alone).Zip(Weights(cohort[2])), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.All(Weights(half).Zip(Weights(cohort[1])), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        foreach (var network in cohort)
        {
            network.Dispose();
        }
    }

    [Fact]
    public void ConvolutionsTrainedUnderFortyRandomTreesAreThoseOfThePlainPath()
    {
        using var task = Tasks.Make(TaskKind.Classification, 3, shape: [1, 17, 16]);
        var net = NetworkFactory.Create(new NetworkSettings { Kind = "lenet5" }, task.Shape);
        var settings = new TrainingSettings { Steps = 4, BatchSize = 20, WeightDecay = 0.01, Nesterov = true };
        var trained = 0;
        for (var number = 0UL; number < 40; number++)
        {
            var trial = new Trial(LossFunction.Of(RandomTrees.Make(number)), 0.02);
            using var compiled = new Trainer(net, task, settings, 3, TrainingPath.Compiled).Train(trial, 1);
            using var plain = new Trainer(net, task, settings, 3, TrainingPath.Plain).Train(trial, 1);

            Assert.Equal(plain.Diverged, compiled.Diverged);
            Assert.All(Weights(plain).Zip(Weights(compiled)), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
            trained += compiled.Diverged ? 0 : 1;
        }

        Assert.InRange(trained, 30, 40);
    }

    [Fact]
    public void ALossWithoutPredictionMovesWeightsByDecayOnly()
    {
        using var task = Tasks.Make(TaskKind.Regression, 0);
        var net = NetworkFactory.Create(new NetworkSettings { Hidden = [4] }, task.Shape);
        var settings = new TrainingSettings { Steps = 3, WeightDecay = 0.1 };
        var trial = new Trial(LossFunction.Of(Expression.Parse("square(y)")), 0.1);

        using var compiled = new Trainer(net, task, settings, 3, TrainingPath.Compiled).Train(trial, 0);
        using var plain = new Trainer(net, task, settings, 3, TrainingPath.Plain).Train(trial, 0);

        Assert.All(Weights(plain).Zip(Weights(compiled)), pair => Assert.Equal(pair.First, pair.Second, 1e-14));
    }

    private static double[] Weights(TrainedNetwork network) => [.. network.State.SelectMany(p => p.data<double>().ToArray())];
}
