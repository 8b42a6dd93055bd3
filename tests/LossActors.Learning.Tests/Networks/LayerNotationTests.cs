using LossActors.Learning.Networks;
using LossActors.Learning.Networks.Layers;
using LossActors.Learning.Networks.Notation;
using LossActors.Learning.Protocols;
using Xunit;

namespace LossActors.Learning.Tests.Networks;

public sealed class LayerNotationTests
{
    [Fact]
    public void EveryLayerIsRead()
    {
        var layers = LayerNotation.Read(
        [
            "convolution 32 3x3 padding 1 stride 2", "batch-normalisation", "relu", "convolution 8 5", "tanh", "max-pooling 3x3 stride 2", "average-pooling 2", "dropout 0.25",
            "global-average-pooling", "flatten", "dense 16", "dropout 0", " relu ",
        ]);

        Assert.Equal<Layer>(
            [
                new ConvolutionLayer(32, 3) { Stride = 2, Padding = 1, Initialisation = Initialisation.He }, new BatchNormalisationLayer(), new ActivationLayer(Activation.Relu),
                new ConvolutionLayer(8, 5), new ActivationLayer(Activation.Tanh), new MaxPoolingLayer(3) { Stride = 2 }, new AveragePoolingLayer(2), new DropoutLayer(0.25),
                new AdaptiveAveragePoolingLayer(1), new FlattenLayer(), new DenseLayer(16) { Initialisation = Initialisation.He }, new DropoutLayer(0), new ActivationLayer(Activation.Relu),
            ],
            layers);
    }

    [Fact]
    public void EveryFormIsReadAsItIsShown() => Assert.All(LayerNotation.Forms, form => Assert.Single(LayerNotation.Read([form, "relu"]).SkipLast(1)));

    [Theory]
    [InlineData("convolution", "layer 1, convolution: the number of maps is missing; write it like convolution 32 3x3 stride 1 padding 1")]
    [InlineData("convolution 4 3x5", "the kernel must be a whole number from 1 to 31, not 3x5")]
    [InlineData("convolution 4 3 padding 3", "the padding must be a whole number from 0 to 2, not 3")]
    [InlineData("convolution 4 3 stride", "the stride is missing")]
    [InlineData("convolution 5000 3", "from 1 to 4096, not 5000")]
    [InlineData("convolution 4 3 stride 2 stride 2", "what does stride mean here?")]
    [InlineData("max-pooling 2 3", "what does 3 mean here?")]
    [InlineData("max-pooling -1", "from 1 to 64, not -1")]
    [InlineData("dropout 1", "the probability must be a number from 0 and below 1, not 1")]
    [InlineData("dropout NaN", "not NaN")]
    [InlineData("dense 0", "from 1 to 65536, not 0")]
    [InlineData("Relu", "layer 1 is unknown: Relu; known are convolution,")]
    [InlineData("", "layer 1 is unknown: ; known")]
    public void ABadLayerIsNamedInOneLine(string layer, string part)
    {
        var message = Assert.Throws<NetworkException>(() => LayerNotation.Read([layer, "relu"])).Message;

        Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void TheLayerOfTheOutputsIsAddedByItself()
    {
        Assert.Equal(["ConvolutionLayer", "ActivationLayer", "FlattenLayer", "DenseLayer"], Kinds(["convolution 2 3x3", "relu"], [8, 8]));
        Assert.Equal(["DenseLayer", "ActivationLayer", "DenseLayer"], Kinds(["dense 7", "tanh"], [5]));
        Assert.Contains("leave this one out", Assert.Throws<NetworkException>(() => Kinds(["relu", "dense 10"], [5])).Message, StringComparison.Ordinal);
        Assert.Contains("1 to 200 layers, not 0", Assert.Throws<NetworkException>(() => Kinds([], [5])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALayerThatDoesNotFitTheTaskIsNamed() => Assert.StartsWith(
        "Layer 2 of the network, dense 4, does not fit: A dense layer needs features",
        Assert.Throws<NetworkException>(() => Kinds(["relu", "dense 4", "relu"], [8, 8])).Message,
        StringComparison.Ordinal);

    private static IEnumerable<string> Kinds(string[] layers, int[] input)
    {
        var network = NetworkFactory.Create(
            new NetworkSettings { Kind = "layers", Layers = [.. layers] }, new TaskShape(TaskKind.Classification, 3, [.. input]));
        Assert.Equal(3, network.Outputs);
        return ((SequentialNetwork)network).Layers.Select(layer => layer.GetType().Name);
    }
}
