using System.Collections.Immutable;
using static TorchSharp.torch;

namespace LossActors.Learning.Networks.Layers;

/// <summary>Maps as one list of features: by channel, then row, then column.</summary>
public sealed record FlattenLayer : Layer
{
    /// <inheritdoc/>
    public override ImmutableArray<int> OutputShape(ImmutableArray<int> input) => input.Size() <= Array.MaxLength
        ? [(int)input.Size()]
        : throw new NetworkException($"Maps of {Text(input)} are too large to be one list of features.");

    /// <inheritdoc/>
    public override Tensor Forward(Tensor inputs, ImmutableArray<int> input, LayerFeed feed) => inputs.flatten(1);
}
