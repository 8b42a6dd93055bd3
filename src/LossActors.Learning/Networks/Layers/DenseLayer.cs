using System.Collections.Immutable;
using static TorchSharp.torch;

namespace LossActors.Learning.Networks.Layers;

/// <summary>A fully connected layer with bias.</summary>
/// <param name="Width">Features that come out.</param>
public sealed record DenseLayer(int Width) : Layer
{
    /// <inheritdoc/>
    public override ImmutableArray<int> OutputShape(ImmutableArray<int> input) =>
        input.Length == 1 ? [Width] : throw new NetworkException($"A dense layer needs features, not maps [{string.Join(", ", input)}]: flatten them first.");

    /// <inheritdoc/>
    public override ImmutableArray<ImmutableArray<long>> ParameterShapes(ImmutableArray<int> input) => [[Width, input[0]], [Width]];

    /// <inheritdoc/>
    public override long MultiplyAdds(ImmutableArray<int> input) => (long)Width * input[0];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor inputs, ReadOnlySpan<Tensor> parameters) => nn.functional.linear(inputs, parameters[0], parameters[1]);
}
