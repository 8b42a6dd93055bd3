using System.Collections.Immutable;
using LossActors.Evolution.Randomness;
using static TorchSharp.torch;

namespace LossActors.Learning.Networks.Layers;

/// <summary>Branches that read the same inputs, and whose maps come out one after the other.</summary>
/// <param name="Branches">At least one; their maps have the same height and width.</param>
public sealed record ConcatenationLayer(params ImmutableArray<Layer> Branches) : Layer
{
    /// <inheritdoc/>
    public override ImmutableArray<int> OutputShape(ImmutableArray<int> input)
    {
        ImmutableArray<int>[] shapes = [.. Branches.Select(branch => branch.OutputShape(input))];
        return Array.TrueForAll(shapes, shape => shape.Skip(1).SequenceEqual(shapes[0].Skip(1)))
            ? [shapes.Sum(shape => shape[0]), .. shapes[0].Skip(1)]
            : throw new NetworkException($"Maps of {string.Join(" and ", shapes.Select(Text))} cannot be put together.");
    }

    /// <inheritdoc/>
    public override ImmutableArray<ImmutableArray<long>> ParameterShapes(ImmutableArray<int> input) => [.. Branches.SelectMany(branch => branch.ParameterShapes(input))];

    /// <inheritdoc/>
    public override ImmutableArray<ImmutableArray<long>> BufferShapes(ImmutableArray<int> input) => [.. Branches.SelectMany(branch => branch.BufferShapes(input))];

    /// <inheritdoc/>
    public override IEnumerable<float[]> InitialParameters(ImmutableArray<int> input, RandomStream stream) => Branches.SelectMany(branch => branch.InitialParameters(input, stream));

    /// <inheritdoc/>
    public override IEnumerable<float[]> InitialBuffers(ImmutableArray<int> input) => Branches.SelectMany(branch => branch.InitialBuffers(input));

    /// <inheritdoc/>
    public override long MultiplyAdds(ImmutableArray<int> input) => Branches.Sum(branch => branch.MultiplyAdds(input));

    /// <inheritdoc/>
    public override long Activations(ImmutableArray<int> input) => Branches.Sum(branch => branch.Activations(input)) + base.Activations(input);

    /// <inheritdoc/>
    public override int LeastBatch(ImmutableArray<int> input) => Branches.Max(branch => branch.LeastBatch(input));

    /// <inheritdoc/>
    public override Tensor Forward(Tensor inputs, ImmutableArray<int> input, LayerFeed feed)
    {
        long[] channels = [.. Branches.Select(branch => (long)branch.OutputShape(input)[0])];
        Tensor[] outputs = [.. Branches.Select(branch => branch.Forward(inputs, input, feed))];
        var members = outputs.Zip(channels, (output, own) => output.shape[1] / own).Max();
        return members == 1
            ? cat(outputs, 1)
            : cat([.. outputs.Zip(channels, (output, own) => ForAll(output, members * own).unflatten(1, [members, own]))], 2).flatten(1, 2);
    }
}
