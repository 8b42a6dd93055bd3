using System.Collections.Immutable;
using static TorchSharp.torch;

namespace LossActors.Learning.Networks.Layers;

/// <summary>Adds maps of zeros after those there are: a shortcut without parameters (Han et al., 2017).</summary>
/// <param name="Channels">Maps that come out.</param>
public sealed record ChannelPaddingLayer(int Channels) : Layer
{
    /// <inheritdoc/>
    public override ImmutableArray<int> OutputShape(ImmutableArray<int> input) => input is [var channels, var height, var width] && channels <= Channels
        ? [Channels, height, width]
        : throw new NetworkException($"Padding to {Channels} channels needs maps of no more, not {Text(input)}.");

    /// <inheritdoc/>
    public override Tensor Forward(Tensor inputs, ImmutableArray<int> input, LayerFeed feed)
    {
        long[] more = [0, 0, 0, 0, 0, Channels - input[0]];
        var members = inputs.shape[1] / input[0];
        return members == 1
            ? nn.functional.pad(inputs, more)
            : nn.functional.pad(inputs.unflatten(1, [members, input[0]]), more).flatten(1, 2);
    }
}
