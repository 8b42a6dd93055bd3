using System.Collections.Immutable;
using LossActors.Learning.Networks.Layers;
using static LossActors.Learning.Networks.Architectures.Blocks;

namespace LossActors.Learning.Networks.Architectures;

/// <summary>
/// AlexNet (Krizhevsky et al., 2012) for small images: five convolutions of 3×3, the first with stride 2, then fully connected layers of 4096 behind dropout of a half. 23,272,266
/// parameters for ten classes.
/// </summary>
internal static class AlexNet
{
    public static ImmutableArray<Layer> Layers(int outputs) =>
    [
        Biased(64, 3, stride: 2), Relu, new MaxPoolingLayer(2),
        Biased(192, 3), Relu, new MaxPoolingLayer(2),
        Biased(384, 3), Relu, Biased(256, 3), Relu, Biased(256, 3), Relu, new MaxPoolingLayer(2),
        new AdaptiveAveragePoolingLayer(2), new FlattenLayer(),
        new DropoutLayer(0.5), Hidden, Relu,
        new DropoutLayer(0.5), Hidden, Relu,
        new DenseLayer(outputs),
    ];

    private static DenseLayer Hidden => new(4096) { Initialisation = Initialisation.He };
}
