using System.Collections.Immutable;
using LossActors.Expressions;
using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Networks.Layers;
using LossActors.Learning.Protocols;
using LossActors.Learning.Tests.Support;
using LossActors.Learning.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace LossActors.Learning.Tests.Training;

public sealed class LayerCohortTests
{
    private static readonly ActivationLayer s_relu = new(Activation.Relu);

    // Every layer, also where members still share its inputs: before any parameter, as a shortcut, as one of several branches.
    private static readonly ImmutableArray<Layer> s_everything =
    [
        new DropoutLayer(0.2), new AveragePoolingLayer(2) { Stride = 1 },
        new ConcatenationLayer(new ConvolutionLayer(4, 3) { Padding = 1 }, s_relu),
        new BatchNormalisationLayer(), s_relu, new MaxPoolingLayer(2) { Stride = 1 },
        new ResidualLayer(
            new SequenceLayer(new ConvolutionLayer(8, 3) { Padding = 1, Stride = 2, HasBias = false }, new BatchNormalisationLayer()),
            new SequenceLayer(new AveragePoolingLayer(2), new ChannelPaddingLayer(8))),
        new ResidualLayer(s_relu), new AdaptiveAveragePoolingLayer(2), new FlattenLayer(),
        new DenseLayer(9) { Initialisation = Initialisation.He }, s_relu, new DropoutLayer(0.5), new DenseLayer(4),
    ];

    private static readonly ImmutableDictionary<string, SequentialNetwork> s_networks = new SequentialNetwork[]
    {
        new LeNet5(1, 16, 16, 4),
        new("everything", [2, 10, 10], s_everything),
        new("shared", [2, 6, 6], [new BatchNormalisationLayer(), new ResidualLayer(new ConvolutionLayer(2, 3) { Padding = 1 }), new FlattenLayer(), new DenseLayer(4)]),
        new("flat", [12], [new DenseLayer(5), new BatchNormalisationLayer(), s_relu, new DenseLayer(4)]),
    }.ToImmutableDictionary(network => network.Name);

    [Theory]
    [InlineData("lenet5")]
    [InlineData("everything")]
    [InlineData("shared")]
    [InlineData("flat")]
    public void AMemberGetsWhatThePlainPathGivesIt(string name)
    {
        var network = s_networks[name];
        using var task = Tasks.Make(TaskKind.Classification, 4, shape: [.. network.Shapes[0]]);

        AssertLikePlain(network, task, steps: 8, 1e-9);
    }

    [Fact]
    public void AMemberOfResNet18GetsWhatThePlainPathGivesIt()
    {
        using var task = Tasks.Make(TaskKind.Classification, 4, 20, shape: [3, 8, 8]);
        var network = NetworkFactory.Create(new NetworkSettings { Kind = "resnet18" }, task.Shape);

        AssertLikePlain(network, task, steps: 3, 1e-9, members: 2);
    }

    [Theory]
    [InlineData("lenet5")]
    [InlineData("everything")]
    public void InSinglePrecisionItIsTheSameWithinRounding(string name)
    {
        var network = s_networks[name];
        using var task = Tasks.Make(TaskKind.Classification, 4, doublePrecision: false, shape: [.. network.Shapes[0]]);

        AssertLikePlain(network, task, steps: 5, 1e-3);
    }

    [Fact]
    public void WhoDivergesOrLeavesAStateAndNoTrace()
    {
        var network = s_networks["everything"];
        using var task = Tasks.Make(TaskKind.Classification, 4, shape: [.. network.Shapes[0]]);
        var settings = new TrainingSettings { Steps = 10, BatchSize = 16, Milestones = [5] };
        var (staying, leaving, bad) = (
            new Trial(LossFunction.Of(Expression.Parse("square(sub(y, f))")), 0.1),
            new Trial(LossFunction.Task, 0.2) { Rungs = [new(2, -1)] },
            new Trial(LossFunction.Task, 1e300));
        var before = LiveTensors.Settled();

        var cohort = Batched(network, task, settings).TrainCohort([bad, leaving, staying], 0);
        using (var alone = Plain(network, task, settings).Train(staying, 0))
        using (var half = Plain(network, task, settings with { Steps = 5 }).Train(leaving with { Rungs = [] }, 0))
        {
            Assert.Equal([true, false, false], cohort.Select(n => n.Diverged));
            Assert.Equal((5, true), (cohort[1].Steps, cohort[1].Stopped));
            AssertClose(alone, cohort[2], 1e-9);
            AssertClose(half, cohort[1], 1e-9);
        }

        foreach (var trained in cohort)
        {
            trained.Dispose();
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void SeveralNetworksWithoutRulesTrainTogetherOnTheCpu()
    {
        var network = s_networks["everything"];
        using var task = Tasks.Make(TaskKind.Classification, 4, shape: [.. network.Shapes[0]]);
        var settings = new TrainingSettings { Steps = 4, BatchSize = 16 };
        Trial[] trials = [new(LossFunction.Task, 0.1), new(LossFunction.Task, 0.2)];

        var automatic = new Trainer(network, task, settings, 3).TrainCohort(trials, 1);
        var batched = Batched(network, task, settings).TrainCohort(trials, 1);

        Assert.Equal(Values(batched[1]), Values(automatic[1]));
        foreach (var trained in automatic.Concat(batched))
        {
            trained.Dispose();
        }
    }

    [Fact]
    public void OneNetworkWithoutRulesTakesThePlainPathOnTheCpu()
    {
        var network = s_networks["everything"];
        using var task = Tasks.Make(TaskKind.Classification, 4, shape: [.. network.Shapes[0]]);
        var settings = new TrainingSettings { Steps = 4, BatchSize = 16 };
        var trial = new Trial(LossFunction.Task, 0.1);

        using var automatic = new Trainer(network, task, settings, 3).Train(trial, 1);
        using var plain = Plain(network, task, settings).Train(trial, 1);

        Assert.Equal(Values(plain), Values(automatic));
        Assert.Equal(network.StateShapes().Length, automatic.State.Count);
    }

    [Fact]
    public void LargeNetworksFormSmallCohorts()
    {
        var (gpu, small, large) = (DeviceType.CUDA, s_networks["lenet5"], Of("resnet152"));

        Assert.InRange(CohortSize.For(small, 128, ScalarType.Float32, gpu), 200, 1024);
        Assert.InRange(CohortSize.For(Of("resnet18"), 128, ScalarType.Float32, gpu), 2, 16);
        Assert.Equal(1, CohortSize.For(large, 128, ScalarType.Float32, gpu));
        Assert.InRange(CohortSize.For(large, 4, ScalarType.Float32, gpu), 2, 8);
        Assert.Equal(1, CohortSize.For(small, 128, ScalarType.Float32, DeviceType.CPU));
        Assert.Equal(64, CohortSize.For(s_networks["flat"], 128, ScalarType.Float32, DeviceType.CPU));
        Assert.Equal(1, CohortSize.For(Of("resnet18"), 128, ScalarType.Float32, DeviceType.CPU));

        static INetwork Of(string kind) => NetworkFactory.Create(new NetworkSettings { Kind = kind }, NetworkCatalog.Reference);
    }

    private static void AssertLikePlain(INetwork network, LearningTask task, int steps, double tolerance, int members = 3)
    {
        var settings = new TrainingSettings { Steps = steps, BatchSize = 12, WeightDecay = 0.01 };
        Trial[] trials =
        [
            new(LossFunction.Of(Expression.Parse("square(sub(y, 1.2*f))")), 0.05),
            new(LossFunction.Task, 0.02),
            new(LossFunction.Of(Expression.Parse("mul(-1, mul(y, 1.1*log(0.9*f)))")), 0.03),
        ];

        var cohort = Batched(network, task, settings).TrainCohort(trials[..members], 1);
        for (var i = 0; i < members; i++)
        {
            using var plain = Plain(network, task, settings).Train(trials[i], 1);
            using var member = cohort[i];
            Assert.Equal(steps, member.Steps);
            AssertClose(plain, member, tolerance);
            Assert.InRange(plain.Logits(task.Validation).Zip(member.Logits(task.Validation), (a, b) => Math.Abs(a - b)).Max(), 0, 100 * tolerance);
        }
    }

    private static Trainer Batched(INetwork network, LearningTask task, TrainingSettings settings) => new(network, task, settings, 3, TrainingPath.Batched);

    private static Trainer Plain(INetwork network, LearningTask task, TrainingSettings settings) => new(network, task, settings, 3, TrainingPath.Plain);

    private static void AssertClose(TrainedNetwork expected, TrainedNetwork actual, double tolerance) =>
        Assert.All(Values(expected).Zip(Values(actual)), pair => Assert.Equal(pair.First, pair.Second, tolerance));

    private static double[] Values(TrainedNetwork network)
    {
        using var scope = NewDisposeScope();
        return [.. network.State.SelectMany(p => p.to(ScalarType.Float64).data<double>().ToArray())];
    }
}
