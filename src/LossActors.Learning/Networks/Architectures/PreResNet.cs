using System.Collections.Immutable;
using LossActors.Learning.Networks.Layers;
using static LossActors.Learning.Networks.Architectures.Blocks;

namespace LossActors.Learning.Networks.Architectures;

/// <summary>
/// ResNet with activations before convolutions (He et al., Identity Mappings in Deep Residual Networks, 2016) for small images, with the last normalisation and rectifier that the paper
/// asks for.
/// </summary>
internal static class PreResNet
{
    public static ImmutableArray<Layer> Layers(int depth, int outputs)
    {
        var (stages, channels) = (ResidualStages.Of(depth), ResidualStages.Stem);
        var layers = ImmutableArray.CreateBuilder<Layer>();
        layers.Add(Convolution(channels, 3));
        foreach (var (width, stride, next) in stages.Each())
        {
            layers.AddRange(stages.IsBottleneck
                ? PreActivation.Block(channels, next, stride, Convolution(width, 1), Convolution(width, 3, stride), Convolution(next, 1))
                : PreActivation.Block(channels, next, stride, Convolution(width, 3, stride), Convolution(width, 3)));
            channels = next;
        }

        return [.. layers, Normalisation, Relu, .. Logits(outputs)];
    }
}
