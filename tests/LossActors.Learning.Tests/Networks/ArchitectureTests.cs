using LossActors.Evolution.Randomness;
using LossActors.Learning.Losses;
using LossActors.Learning.Native;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using LossActors.Learning.Training;
using Xunit;
using static TorchSharp.torch;

namespace LossActors.Learning.Tests.Networks;

public sealed class ArchitectureTests
{
    public static TheoryData<string, int> Counts { get; } = new()
    {
        { "alexnet", 23_272_266 },
        { "allcnn-c", 1_372_254 },
        { "vgg11", 9_231_114 },
        { "vgg13", 9_416_010 },
        { "vgg16", 14_728_266 },
        { "vgg19", 20_040_522 },
        { "resnet18", 11_173_962 },
        { "resnet34", 21_282_122 },
        { "resnet50", 23_520_842 },
        { "resnet101", 42_512_970 },
        { "resnet152", 58_156_618 },
        { "preresnet18", 11_172_170 },
        { "preresnet34", 21_280_330 },
        { "preresnet50", 23_513_162 },
        { "preresnet101", 42_505_290 },
        { "preresnet152", 58_148_938 },
        { "wideresnet16-8", 10_961_370 },
        { "wideresnet28-10", 36_479_194 },
        { "wideresnet40-4", 8_949_210 },
        { "squeezenet", 732_010 },
        { "pyramidnet110-48", 1_772_706 },
    };

    public static IEnumerable<TheoryDataRow<string>> Kinds => Counts.Select(row => new TheoryDataRow<string>(row.Data.Item1));

    [Theory]
    [MemberData(nameof(Counts))]
    public void ItHasItsNumberOfParameters(string kind, int parameters) =>
        Assert.Equal(parameters, NetworkCatalog.ParameterCount(new NetworkSettings { Kind = kind }, NetworkCatalog.Reference));

    [Fact]
    public void EveryNetworkForImagesIsCounted() => Assert.Equal(
        NetworkCatalog.All.Where(n => n is { NeedsImages: true, Name: not "lenet5" }).Select(n => n.Name).Order(), Counts.Select(row => row.Data.Item1).Order());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ItTakesAStepThatChangesItsOutputs(string kind)
    {
        Torch.Ensure();
        TorchThreads.Set(1);
        using var scope = NewDisposeScope();

        // Small images, so that what takes time is only the number of weights.
        var side = kind.Contains("resnet", StringComparison.Ordinal) || kind.StartsWith("pyramid", StringComparison.Ordinal) ? 16 : 32;
        var network = NetworkFactory.Create(new NetworkSettings { Kind = kind }, new TaskShape(TaskKind.Classification, 10, [3, side, side]));
        var settings = new TrainingSettings { Momentum = 0, Nesterov = false };
        using var trainee = new PlainTrainee(
            network, Link.Softmax, LossFunction.Task, settings, network.Initialise(RandomStream.For(1, 2, 3, Purpose.Weights)), ScalarType.Float32, CPU);
        var stream = RandomStream.For(3, 1, 4, Purpose.Batches);
        var inputs = tensor([.. Enumerable.Range(0, 4 * 3 * side * side).Select(_ => (float)stream.NextNormal())], [4, 3 * side * side]);
        var targets = zeros(4, 10);
        targets[0, 3] = targets[1, 7] = targets[2, 3] = targets[3, 0] = 1f;

        var before = Outputs();
        Assert.True(trainee.Step(inputs, targets, ForwardPass.Training(DropoutMasks.Fitness(1, 0), 0), 0.001));
        var after = Outputs();

        Assert.Equal(40, before.Length);
        Assert.All(after, z => Assert.True(float.IsFinite(z)));
        Assert.NotEqual(before, after);

        float[] Outputs()
        {
            using var quiet = no_grad();
            return [.. network.Forward(inputs, [.. trainee.Parameters, .. trainee.Buffers], ForwardPass.Evaluation).data<float>()];
        }
    }

    [Theory]
    [InlineData("resnet18", 1, 28, 28)]
    [InlineData("wideresnet16-8", 1, 28, 28)]
    [InlineData("squeezenet", 1, 28, 28)]
    [InlineData("allcnn-c", 1, 28, 28)]
    [InlineData("alexnet", 1, 28, 28)]
    [InlineData("vgg11", 3, 64, 48)]
    [InlineData("pyramidnet110-48", 1, 28, 28)]
    [InlineData("preresnet50", 2, 9, 13)]
    public void ItTakesImagesOfOtherSizes(string kind, int channels, int height, int width) =>
        Assert.Equal(7, NetworkFactory.Create(new NetworkSettings { Kind = kind }, new TaskShape(TaskKind.Classification, 7, [channels, height, width])).Outputs);

    [Fact]
    public void ImagesThatAreTooSmallAreRefusedInOneLine()
    {
        var error = Assert.Throws<NetworkException>(() => NetworkFactory.Create(new NetworkSettings { Kind = "vgg11" }, new TaskShape(TaskKind.Classification, 10, [1, 28, 28])));

        Assert.Equal("Network vgg11 does not fit instances of 1×28×28: Pooling of 2×2 pixels needs maps of at least its size, not [512, 1, 1].", error.Message);
    }
}
