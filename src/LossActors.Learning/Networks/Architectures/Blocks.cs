using System.Collections.Immutable;
using LossActors.Learning.Networks.Layers;

namespace LossActors.Learning.Networks.Architectures;

/// <summary>What convolutional networks are built of again and again.</summary>
internal static class Blocks
{
    public static readonly Layer Relu = new ActivationLayer(Activation.Relu);

    public static readonly Layer Normalisation = new BatchNormalisationLayer();

    /// <summary>A convolution that keeps the maps' size (but for its stride), without bias since batch normalisation comes with it.</summary>
    public static Layer Convolution(int channels, int kernel, int stride = 1) => Biased(channels, kernel, stride) with { HasBias = false };

    /// <summary>The same with a bias.</summary>
    public static ConvolutionLayer Biased(int channels, int kernel, int stride = 1) =>
        new(channels, kernel) { Padding = kernel / 2, Stride = stride, Initialisation = Initialisation.He };

    /// <summary>Each map's mean, and of these the logits.</summary>
    public static ImmutableArray<Layer> Logits(int outputs) => [new AdaptiveAveragePoolingLayer(1), new FlattenLayer(), new DenseLayer(outputs)];
}
