using System.Collections.Immutable;
using static TorchSharp.torch;

namespace LossActors.Learning.Networks.Layers;

/// <summary>Maps as one list of features: by channel, then row, then column.</summary>
public sealed record FlattenLayer : Layer
{
    /// <inheritdoc/>
    public override ImmutableArray<int> OutputShape(ImmutableArray<int> input) => [input.Aggregate(1, (product, size) => product * size)];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor inputs, ReadOnlySpan<Tensor> parameters) => inputs.flatten(1);
}
