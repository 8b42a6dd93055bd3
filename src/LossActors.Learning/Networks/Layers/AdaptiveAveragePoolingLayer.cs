using System.Collections.Immutable;
using static TorchSharp.torch;

namespace LossActors.Learning.Networks.Layers;

/// <summary>Averages maps of any size down to a given one, as PyTorch's <c>AdaptiveAvgPool2d</c>; 1 averages over each whole map.</summary>
/// <param name="Side">Height and width of what comes out.</param>
public sealed record AdaptiveAveragePoolingLayer(int Side) : Layer
{
    /// <inheritdoc/>
    public override ImmutableArray<int> OutputShape(ImmutableArray<int> input) => input.Length == 3
        ? [input[0], Side, Side]
        : throw new NetworkException($"Pooling needs maps, not [{string.Join(", ", input)}].");

    /// <inheritdoc/>
    public override Tensor Forward(Tensor inputs, ImmutableArray<int> input, LayerFeed feed) => nn.functional.adaptive_avg_pool2d(inputs, [Side, Side]);
}
