using System.Collections.Immutable;
using LossActors.Learning.Networks.Layers;
using static LossActors.Learning.Networks.Architectures.Blocks;

namespace LossActors.Learning.Networks.Architectures;

/// <summary>
/// All-CNN-C (Springenberg et al., 2015): convolutions only, strides instead of pooling, here with batch normalisation after each. 1,372,254 parameters for three channels and ten classes.
/// </summary>
internal static class AllCnnC
{
    public static ImmutableArray<Layer> Layers(int outputs) =>
    [
        new DropoutLayer(0.2),
        .. Convolved(96, 3), .. Convolved(96, 3), .. Convolved(96, 3, stride: 2), new DropoutLayer(0.5),
        .. Convolved(192, 3), .. Convolved(192, 3), .. Convolved(192, 3, stride: 2), new DropoutLayer(0.5),
        .. Convolved(192, 3), .. Convolved(192, 1),
        Biased(outputs, 1), Normalisation, new AdaptiveAveragePoolingLayer(1), new FlattenLayer(),
    ];

    private static Layer[] Convolved(int channels, int kernel, int stride = 1) => [Biased(channels, kernel, stride), Normalisation, Relu];
}
