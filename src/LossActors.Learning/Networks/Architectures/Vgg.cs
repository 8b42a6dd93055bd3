using System.Collections.Immutable;
using LossActors.Learning.Networks.Layers;
using static LossActors.Learning.Networks.Architectures.Blocks;

namespace LossActors.Learning.Networks.Architectures;

/// <summary>
/// VGG (Simonyan and Zisserman, 2015) for small images: 3×3 convolutions with batch normalisation, halved five times, and one fully connected layer. For three channels and ten classes
/// VGG-11 has 9,231,114 parameters, 13 9,416,010, 16 14,728,266 and 19 20,040,522.
/// </summary>
internal static class Vgg
{
    private static readonly int[] s_widths = [64, 128, 256, 512, 512];

    public static ImmutableArray<Layer> Layers(int depth, int outputs)
    {
        int[] convolutions = depth switch
        {
            11 => [1, 1, 2, 2, 2],
            13 => [2, 2, 2, 2, 2],
            16 => [2, 2, 3, 3, 3],
            _ => [2, 2, 4, 4, 4],
        };
        return
        [
            .. convolutions.Zip(s_widths).SelectMany(stage => (Layer[])
            [
                .. Enumerable.Repeat<Layer[]>([Biased(stage.Second, 3), Normalisation, Relu], stage.First).SelectMany(layers => layers),
                new MaxPoolingLayer(2),
            ]),
            .. Logits(outputs),
        ];
    }
}
