using System.Collections.Immutable;
using LossActors.Evolution.Randomness;
using LossActors.Learning.Datasets;
using LossActors.Learning.Native;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using Xunit;
using static TorchSharp.torch;

namespace LossActors.Learning.Tests.Networks;

public sealed class NetworkTests
{
    private static readonly TaskShape s_images = new(TaskKind.Classification, 10, [1, 28, 28]);
    private static readonly TaskShape s_table = new(TaskKind.Regression, 0, [10]);

    [Fact]
    public void LeNet5Has44426ParametersOnMnistImages() =>
        Assert.Equal(44426, NetworkFactory.Create(new NetworkSettings { Kind = "lenet5" }, s_images).ParameterCount());

    [Theory]
    [InlineData("linear", 7850)]
    [InlineData("mlp", 55050)]
    public void DenseNetworksCountTheirParameters(string kind, int expected) =>
        Assert.Equal(expected, NetworkCatalog.ParameterCount(new NetworkSettings { Kind = kind }, s_images));

    [Fact]
    public void TheCatalogSaysWhichNetworkDoesNotFit() =>
        Assert.Null(NetworkCatalog.ParameterCount(new NetworkSettings { Kind = "lenet5" }, s_table));

    [Fact]
    public void TwoClassesHaveOneOutput()
    {
        var task = new TaskShape(TaskKind.Classification, 2, [30]);

        Assert.Equal(1, NetworkFactory.Create(new NetworkSettings(), task).Outputs);
        Assert.Equal(LossActors.Learning.Losses.Link.Logistic, task.Link);
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("mlp")]
    [InlineData("lenet5")]
    public void ANetworkMapsABatchToItsOutputs(string kind)
    {
        Torch.Ensure();
        using var scope = NewDisposeScope();
        var network = NetworkFactory.Create(new NetworkSettings { Kind = kind }, s_images);
        var initial = network.Initialise(RandomStream.For(1, 0, 0, Purpose.Weights));

        var outputs = network.Forward(zeros(3, 784), [.. network.ParameterShapes.Select((shape, i) => tensor(initial[i], [.. shape]))], ForwardPass.Evaluation);

        Assert.Equal([3, 10], outputs.shape);
    }

    [Fact]
    public void InitialWeightsDependOnTheStreamOnly()
    {
        var network = NetworkFactory.Create(new NetworkSettings { Kind = "lenet5" }, s_images);

        var (a, b, c) = (Draw(0), Draw(0), Draw(1));

        Assert.Equal(a, b);
        Assert.NotEqual(a[0], c[0]);
        float[][] Draw(ulong replicate) => network.Initialise(RandomStream.For(7, replicate, 0, Purpose.Weights));
    }

    [Fact]
    public void XavierWeightsFillTheirIntervalAndBiasesAreZero()
    {
        var weights = new DenseNetwork([40, 50], Activation.Relu).Initialise(RandomStream.For(7, 0, 0, Purpose.Weights));
        var bound = Math.Sqrt(6.0 / 90);

        Assert.All(weights[0], w => Assert.InRange(w, -bound, bound));
        Assert.InRange(weights[0].Max(), 0.99 * bound, bound);
        Assert.InRange(weights[0].Min(), -bound, -0.99 * bound);
        Assert.All(weights[1], b => Assert.Equal(0, b));
    }

    [Theory]
    [InlineData("resnet", 64, "relu", "Unknown network \"resnet\"")]
    [InlineData("lenet5", 64, "relu", "needs images")]
    [InlineData("mlp", 0, "relu", "width 0")]
    [InlineData("mlp", -5, "relu", "width -5")]
    [InlineData("mlp", 64, "gelu", "unknown activation \"gelu\"")]
    public void ABadNetworkIsRefusedInOneLine(string kind, int width, string activation, string part)
    {
        var settings = new NetworkSettings { Kind = kind, Hidden = [width], Activation = activation };

        var error = Assert.Throws<NetworkException>(() => NetworkFactory.Create(settings, s_table));

        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void ANetworkThatNoMachineHasRoomForIsRefusedInOneLine()
    {
        ImmutableArray<NetworkSettings> cases =
        [
            new() { Kind = "mlp", Hidden = [65536, 65536] },
            new() { Kind = "layers", Layers = ["flatten", "dense 65536", "relu", "dense 65536", "relu"] },
            new() { Kind = "layers", Layers = ["convolution 4096 9 padding 4", "convolution 4096 9 padding 4"] },
            new() { Kind = "layers", Layers = ["convolution 4096 3 padding 1", "flatten"] },
        ];
        Assert.All(cases, settings =>
        {
            var error = Assert.Throws<NetworkException>(() => NetworkFactory.Create(settings, new TaskShape(TaskKind.Classification, 10, [3, 1024, 1024])));
            Assert.True(error.Message.Contains("at most 500,000,000", StringComparison.Ordinal) || error.Message.Contains("too large to be one list", StringComparison.Ordinal), error.Message);
        });
    }

    [Fact]
    public void BatchesOfOneAreRefusedWhereSingleValuesWouldBeNormalised()
    {
        var data = TaskLoader.Load(new TaskSettings { Dataset = "digits" }, 1);
        EvaluationProtocol Protocol(int batch, params string[] layers) => new() { Network = new() { Kind = "layers", Layers = [.. layers] }, Training = new() { BatchSize = batch } };

        var error = Assert.Throws<NetworkException>(() => NetworkFactory.For(Protocol(1, "flatten", "dense 5", "batch-normalisation"), data));
        Assert.Contains("batches, which must have at least 2 instances; set a larger training.batch-size", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, NetworkFactory.For(Protocol(2, "flatten", "dense 5", "batch-normalisation"), data).LeastBatch);
        Assert.Equal(1, NetworkFactory.Create(Protocol(1, "convolution 2 3", "batch-normalisation").Network, s_images).LeastBatch);
    }

    [Fact]
    public void AForwardPassWithoutAGraphKeepsNextToNothingButItsOutputs()
    {
        Torch.Ensure();
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var network = NetworkFactory.Create(new NetworkSettings { Kind = "resnet18" }, new TaskShape(TaskKind.Classification, 10, [3, 8, 8]));
        var initial = network.Initialise(RandomStream.For(1, 0, 0, Purpose.Weights));
        var state = network.StateShapes().Select((shape, i) => tensor(initial[i]).view([.. shape])).ToList();
        var inputs = ones(2, 192);
        var before = scope.DisposablesCount;

        network.Forward(inputs, state, ForwardPass.Evaluation);

        Assert.InRange(scope.DisposablesCount - before, 1, 10);
    }

    [Fact]
    public void ImagesTooSmallForLeNet5AreRefused() => Assert.Contains(
        "at least 16×16",
        Assert.Throws<NetworkException>(() =>
            NetworkFactory.Create(new NetworkSettings { Kind = "lenet5" }, new TaskShape(TaskKind.Classification, 10, [1, 8, 8]))).Message,
        StringComparison.Ordinal);
}
