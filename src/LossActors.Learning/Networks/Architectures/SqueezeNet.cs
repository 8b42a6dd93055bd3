using System.Collections.Immutable;
using LossActors.Learning.Networks.Layers;
using static LossActors.Learning.Networks.Architectures.Blocks;

namespace LossActors.Learning.Networks.Architectures;

/// <summary>
/// SqueezeNet (Iandola et al., 2016) with its simple bypass around every second Fire module, for small images: a 3×3 stem, pooling of 2×2, and batch normalisation after each convolution.
/// </summary>
internal static class SqueezeNet
{
    public static ImmutableArray<Layer> Layers(int outputs) =>
    [
        Convolution(96, 3), Normalisation, Relu, new MaxPoolingLayer(2),
        Fire(16, 128), new ResidualLayer(Fire(16, 128)), Fire(32, 256), new MaxPoolingLayer(2),
        new ResidualLayer(Fire(32, 256)), Fire(48, 384), new ResidualLayer(Fire(48, 384)), Fire(64, 512), new MaxPoolingLayer(2),
        new ResidualLayer(Fire(64, 512)), new DropoutLayer(0.5),
        new ConvolutionLayer(outputs, 1), new AdaptiveAveragePoolingLayer(1), new FlattenLayer(),
    ];

    // Squeezed by 1×1 kernels, then expanded by 1×1 and 3×3 kernels side by side.
    private static SequenceLayer Fire(int squeezed, int channels) => new(
        Convolution(squeezed, 1),
        Normalisation,
        Relu,
        new ConcatenationLayer(
            new SequenceLayer(Convolution(channels / 2, 1), Normalisation, Relu),
            new SequenceLayer(Convolution(channels / 2, 3), Normalisation, Relu)));
}
