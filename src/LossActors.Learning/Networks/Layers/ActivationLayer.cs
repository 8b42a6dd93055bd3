using System.Collections.Immutable;
using static TorchSharp.torch;

namespace LossActors.Learning.Networks.Layers;

/// <summary>A function of each entry.</summary>
/// <param name="Function">Which.</param>
public sealed record ActivationLayer(Activation Function) : Layer
{
    /// <inheritdoc/>
    public override ImmutableArray<int> OutputShape(ImmutableArray<int> input) => input;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor inputs, ImmutableArray<int> input, LayerFeed feed) => Function == Activation.Relu ? inputs.relu() : inputs.tanh();
}
