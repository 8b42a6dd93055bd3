using System.Collections.Immutable;
using LossActors.Evolution.Randomness;
using LossActors.Expressions;
using LossActors.Learning.Losses;
using LossActors.Learning.Losses.Neural;
using LossActors.Learning.Networks;
using LossActors.Learning.Networks.Layers;
using LossActors.Learning.Protocols;
using LossActors.Learning.Tests.Support;
using LossActors.Learning.Training;
using Xunit;
using static TorchSharp.torch;

namespace LossActors.Learning.Tests.Cuda;

/// <summary>Trainings on a GPU against those of plain autograd on the CPU, in double precision, where both differ by rounding only.</summary>
public sealed class CudaTrainingTests
{
    private static readonly ImmutableArray<Trial> s_trials =
    [
        new(LossFunction.Of(Expression.Parse("square(sub(y, 1.2*f))")), 0.05),
        new(LossFunction.Task, 0.02),
        new(LossFunction.Of(Expression.Parse("mul(-1, mul(y, 1.1*log(0.9*f)))")), 0.03),
        new(LossFunction.Of(Expression.Parse("add(tanh(0.7*sub(y, 1.2*f)), div(max(square(sub(y, f)), min(y, f)), 0.5*add(abs(y), sqrt(f))))")), 0.03),
        new(LossFunction.Of(NeuralLoss.Initialise(RandomStream.For(5, 0, 0, Purpose.NeuralLoss))), 0.02),
    ];

    [Theory]
    [InlineData(TaskKind.Classification, 4)]
    [InlineData(TaskKind.Classification, 2)]
    [InlineData(TaskKind.Regression, 0)]
    public void EveryMemberOfADenseCohortTrainsAsOnTheCpu(TaskKind kind, int classes)
    {
        var device = Gpu.Require();
        using var here = Tasks.Make(kind, classes);
        using var there = Tasks.Make(kind, classes, device: device);

        AssertSame(new DenseNetwork([5, 17, 9, here.Shape.Outputs], Activation.Tanh), here, there, steps: 40, 1e-9);
    }

    [Theory]
    [InlineData("lenet5", 1, 16)]
    [InlineData("allcnn-c", 3, 12)]
    [InlineData("resnet18", 3, 8)]
    [InlineData("layers", 2, 12)]
    public void EveryMemberOfACohortOfLayersTrainsAsOnTheCpu(string kind, int channels, int pixels)
    {
        var device = Gpu.Require();
        int[] shape = [channels, pixels, pixels];
        using var here = Tasks.Make(TaskKind.Classification, 4, 30, shape: shape);
        using var there = Tasks.Make(TaskKind.Classification, 4, 30, shape: shape, device: device);
        var network = kind == "layers"
            ? new SequentialNetwork("layers", [.. shape],
            [
                new ConvolutionLayer(6, 3) { Padding = 1 }, new BatchNormalisationLayer(), new ActivationLayer(Activation.Relu), new MaxPoolingLayer(2),
                new ResidualLayer(new ConvolutionLayer(6, 3) { Padding = 1 }), new AdaptiveAveragePoolingLayer(3), new FlattenLayer(), new DropoutLayer(0.3), new DenseLayer(4),
            ])
            : NetworkFactory.Create(new NetworkSettings { Kind = kind }, here.Shape);

        AssertSame(network, here, there, steps: 3, 1e-8);
    }

    [Fact]
    public void AugmentedBatchesAreTheSame()
    {
        var device = Gpu.Require();
        int[] shape = [2, 16, 17];
        var varied = new AugmentationSettings { Crop = 2, Flip = true };
        using var here = Tasks.Make(TaskKind.Classification, 3, shape: shape, augmentation: varied);
        using var there = Tasks.Make(TaskKind.Classification, 3, shape: shape, augmentation: varied, device: device);

        AssertSame(new LeNet5(2, 16, 17, 3), here, there, steps: 4, 1e-9);
    }

    [Fact]
    public void WhoDivergesOrLeavesAStateAndNoTraceInMemory()
    {
        var device = Gpu.Require();
        using var task = Tasks.Make(TaskKind.Classification, 4, device: device);
        var network = new DenseNetwork([5, 8, 4], Activation.Relu);
        var before = LiveTensors.Settled();

        var cohort = new Trainer(network, task, new TrainingSettings { Steps = 10, BatchSize = 16 }, 3).TrainCohort(
            [new(LossFunction.Task, 1e300), new(LossFunction.Task, 0.2) { Rungs = [new(2, -1)] }, new(LossFunction.Task, 0.1)], 0);

        Assert.Equal([true, false, false], cohort.Select(n => n.Diverged));
        Assert.Equal((5, true), (cohort[1].Steps, cohort[1].Stopped));
        Array.ForEach([.. cohort], trained => trained.Dispose());
        Assert.Equal(before, Tensor.TotalCount);
    }

    private static void AssertSame(INetwork network, LearningTask here, LearningTask there, int steps, double tolerance)
    {
        var settings = new TrainingSettings { Steps = steps, BatchSize = 12, WeightDecay = 0.01, Nesterov = true, Milestones = [2] };
        var cohort = new Trainer(network, there, settings, 3).TrainCohort(s_trials, 1);
        for (var i = 0; i < s_trials.Length; i++)
        {
            using var plain = new Trainer(network, here, settings, 3, TrainingPath.Plain).Train(s_trials[i], 1);
            using var member = cohort[i];

            Assert.Equal((plain.Diverged, plain.Steps), (member.Diverged, member.Steps));
            Assert.All(Values(plain).Zip(Values(member)), pair => Assert.Equal(pair.First, pair.Second, tolerance));
            Assert.Equal(plain.Error(here.Validation), member.Error(there.Validation), tolerance);
        }
    }

    private static double[] Values(TrainedNetwork network)
    {
        using var scope = NewDisposeScope();
        return [.. network.State.SelectMany(p => p.cpu().to(ScalarType.Float64).data<double>().ToArray())];
    }
}
