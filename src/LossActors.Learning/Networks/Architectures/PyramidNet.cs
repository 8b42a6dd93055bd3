using System.Collections.Immutable;
using LossActors.Learning.Networks.Layers;
using static LossActors.Learning.Networks.Architectures.Blocks;

namespace LossActors.Learning.Networks.Architectures;

/// <summary>
/// PyramidNet (Han et al., 2017), additive, of basic blocks: every block has a few maps more than the one before, and shortcuts pad the missing ones with zeros.
/// </summary>
internal static class PyramidNet
{
    public static ImmutableArray<Layer> Layers(int depth, int widening, int outputs)
    {
        const int Stem = 16;
        var perStage = (depth - 2) / 6;
        var layers = ImmutableArray.CreateBuilder<Layer>();
        layers.AddRange(Convolution(Stem, 3), Normalisation);
        for (var block = 0; block < 3 * perStage; block++)
        {
            var width = (int)Math.Round(Stem + (widening * (block + 1) / (3.0 * perStage)));
            var stride = block > 0 && block % perStage == 0 ? 2 : 1;
            layers.Add(new ResidualLayer(
                new SequenceLayer(Normalisation, Convolution(width, 3, stride), Normalisation, Relu, Convolution(width, 3), Normalisation),
                new SequenceLayer([.. stride == 1 ? Array.Empty<Layer>() : [new AveragePoolingLayer(2)], new ChannelPaddingLayer(width)])));
        }

        return [.. layers, Normalisation, Relu, .. Logits(outputs)];
    }
}
