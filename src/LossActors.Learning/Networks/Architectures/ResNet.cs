using System.Collections.Immutable;
using LossActors.Learning.Networks.Layers;
using static LossActors.Learning.Networks.Architectures.Blocks;

namespace LossActors.Learning.Networks.Architectures;

/// <summary>
/// ResNet (He et al., 2016) for small images: the stem is one 3×3 convolution without pooling. For three channels and ten classes ResNet-18 has 11,173,962 parameters, 34 21,282,122,
/// 50 23,520,842, 101 42,512,970 and 152 58,156,618.
/// </summary>
internal static class ResNet
{
    public static ImmutableArray<Layer> Layers(int depth, int outputs)
    {
        var (stages, channels) = (ResidualStages.Of(depth), ResidualStages.Stem);
        var layers = ImmutableArray.CreateBuilder<Layer>();
        layers.AddRange(Convolution(channels, 3), Normalisation, Relu);
        foreach (var (width, stride, next) in stages.Each())
        {
            var branch = stages.IsBottleneck
                ? new SequenceLayer(
                    Convolution(width, 1), Normalisation, Relu, Convolution(width, 3, stride), Normalisation, Relu, Convolution(next, 1), Normalisation)
                : new SequenceLayer(Convolution(width, 3, stride), Normalisation, Relu, Convolution(width, 3), Normalisation);
            layers.Add(new ResidualLayer(branch, stride == 1 && channels == next ? null : new SequenceLayer(Convolution(next, 1, stride), Normalisation)));
            layers.Add(Relu);
            channels = next;
        }

        return [.. layers, .. Logits(outputs)];
    }
}
