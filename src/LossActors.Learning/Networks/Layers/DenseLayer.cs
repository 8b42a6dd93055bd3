using System.Collections.Immutable;
using LossActors.Evolution.Randomness;
using static TorchSharp.torch;

namespace LossActors.Learning.Networks.Layers;

/// <summary>A fully connected layer with bias.</summary>
/// <param name="Width">Features that come out.</param>
public sealed record DenseLayer(int Width) : Layer
{
    /// <summary>How weights begin.</summary>
    public Initialisation Initialisation { get; init; }

    /// <inheritdoc/>
    public override ImmutableArray<int> OutputShape(ImmutableArray<int> input) =>
        input.Length == 1 ? [Width] : throw new NetworkException($"A dense layer needs features, not maps [{string.Join(", ", input)}]: flatten them first.");

    /// <inheritdoc/>
    public override ImmutableArray<ImmutableArray<long>> ParameterShapes(ImmutableArray<int> input) => [[Width, input[0]], [Width]];

    /// <inheritdoc/>
    public override IEnumerable<float[]> InitialParameters(ImmutableArray<int> input, RandomStream stream)
    {
        yield return Initialisers.Draw(stream, Initialisation, Width * input[0], input[0], Width);
        yield return new float[Width];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(ImmutableArray<int> input) => (long)Width * input[0];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor inputs, ImmutableArray<int> input, LayerFeed feed)
    {
        var (weight, bias) = (feed.Parameter(), feed.Parameter());
        var members = inputs.shape[1] / input[0];
        return members == 1
            ? nn.functional.linear(inputs, weight, bias)
            : inputs.unflatten(1, [members, input[0]]).transpose(0, 1).bmm(weight.unflatten(0, [members, Width]).transpose(1, 2)).transpose(0, 1).flatten(1) + bias;
    }
}
