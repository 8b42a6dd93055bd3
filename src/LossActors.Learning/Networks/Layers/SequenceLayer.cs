using System.Collections.Immutable;
using LossActors.Evolution.Randomness;
using static TorchSharp.torch;

namespace LossActors.Learning.Networks.Layers;

/// <summary>Layers one after another, as one.</summary>
/// <param name="Layers">From the first to the last.</param>
public sealed record SequenceLayer(params ImmutableArray<Layer> Layers) : Layer
{
    /// <inheritdoc/>
    public override ImmutableArray<int> OutputShape(ImmutableArray<int> input) => Layers.Aggregate(input, (shape, layer) => layer.OutputShape(shape));

    /// <inheritdoc/>
    public override ImmutableArray<ImmutableArray<long>> ParameterShapes(ImmutableArray<int> input) => [.. Each(input).SelectMany(at => at.Layer.ParameterShapes(at.Input))];

    /// <inheritdoc/>
    public override ImmutableArray<ImmutableArray<long>> BufferShapes(ImmutableArray<int> input) => [.. Each(input).SelectMany(at => at.Layer.BufferShapes(at.Input))];

    /// <inheritdoc/>
    public override IEnumerable<float[]> InitialParameters(ImmutableArray<int> input, RandomStream stream) =>
        Each(input).SelectMany(at => at.Layer.InitialParameters(at.Input, stream));

    /// <inheritdoc/>
    public override IEnumerable<float[]> InitialBuffers(ImmutableArray<int> input) => Each(input).SelectMany(at => at.Layer.InitialBuffers(at.Input));

    /// <inheritdoc/>
    public override long MultiplyAdds(ImmutableArray<int> input) => Each(input).Sum(at => at.Layer.MultiplyAdds(at.Input));

    /// <inheritdoc/>
    public override long Activations(ImmutableArray<int> input) => Each(input).Sum(at => at.Layer.Activations(at.Input));

    /// <inheritdoc/>
    public override int LeastBatch(ImmutableArray<int> input) => Each(input).Max(at => at.Layer.LeastBatch(at.Input));

    /// <inheritdoc/>
    public override Tensor Forward(Tensor inputs, ImmutableArray<int> input, LayerFeed feed) => Each(input).Aggregate(inputs, (values, at) =>
    {
        // The inputs are the caller's.
        var next = at.Layer.Forward(values, at.Input, feed);
        return ReferenceEquals(values, inputs) ? next : values.ReplacedBy(next);
    });

    private IEnumerable<(Layer Layer, ImmutableArray<int> Input)> Each(ImmutableArray<int> input)
    {
        foreach (var layer in Layers)
        {
            yield return (layer, input);
            input = layer.OutputShape(input);
        }
    }
}
