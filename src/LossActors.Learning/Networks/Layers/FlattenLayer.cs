using System.Collections.Immutable;
using static TorchSharp.torch;

namespace LossActors.Learning.Networks.Layers;

/// <summary>Maps as one list of features: by channel, then row, then column.</summary>
public sealed record FlattenLayer : Layer
{
    /// <inheritdoc/>
    public override ImmutableArray<int> OutputShape(ImmutableArray<int> input) => [(int)input.Size()];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor inputs, ImmutableArray<int> input, LayerFeed feed) => inputs.flatten(1);
}
