using System.Collections.Immutable;
using LossActors.Learning.Networks.Layers;
using static LossActors.Learning.Networks.Architectures.Blocks;

namespace LossActors.Learning.Networks.Architectures;

/// <summary>
/// Wide residual networks (Zagoruyko and Komodakis, 2016), without dropout. For three channels and ten classes 16-8 has 10,961,370 parameters, 40-4 8,949,210 and 28-10 36,479,194.
/// </summary>
internal static class WideResNet
{
    public static ImmutableArray<Layer> Layers(int depth, int widening, int outputs)
    {
        var channels = 16;
        var layers = ImmutableArray.CreateBuilder<Layer>();
        layers.Add(Convolution(channels, 3));
        for (var stage = 0; stage < 3; stage++)
        {
            var width = (16 * widening) << stage;
            for (var block = 0; block < (depth - 4) / 6; block++)
            {
                var stride = stage > 0 && block == 0 ? 2 : 1;
                layers.AddRange(PreActivation.Block(channels, width, stride, Convolution(width, 3, stride), Convolution(width, 3)));
                channels = width;
            }
        }

        return [.. layers, Normalisation, Relu, .. Logits(outputs)];
    }
}
