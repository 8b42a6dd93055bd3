using System.Collections.Immutable;
using LossActors.Evolution.Randomness;
using static TorchSharp.torch;

namespace LossActors.Learning.Networks.Layers;

/// <summary>A branch whose outputs are added to its inputs (He et al., 2016), or to what a shortcut makes of them.</summary>
/// <param name="Branch">What is learned.</param>
/// <param name="Shortcut">Makes inputs fit the branch's outputs; null: they do.</param>
public sealed record ResidualLayer(Layer Branch, Layer? Shortcut = null) : Layer
{
    /// <inheritdoc/>
    public override ImmutableArray<int> OutputShape(ImmutableArray<int> input)
    {
        var (branch, shortcut) = (Branch.OutputShape(input), Shortcut?.OutputShape(input) ?? input);
        return branch.SequenceEqual(shortcut)
            ? branch
            : throw new NetworkException($"A residual branch gives {Text(branch)}, which cannot be added to its shortcut's {Text(shortcut)}.");
    }

    /// <inheritdoc/>
    public override ImmutableArray<ImmutableArray<long>> ParameterShapes(ImmutableArray<int> input) => [.. Parts.SelectMany(part => part.ParameterShapes(input))];

    /// <inheritdoc/>
    public override ImmutableArray<ImmutableArray<long>> BufferShapes(ImmutableArray<int> input) => [.. Parts.SelectMany(part => part.BufferShapes(input))];

    /// <inheritdoc/>
    public override IEnumerable<float[]> InitialParameters(ImmutableArray<int> input, RandomStream stream) => Parts.SelectMany(part => part.InitialParameters(input, stream));

    /// <inheritdoc/>
    public override IEnumerable<float[]> InitialBuffers(ImmutableArray<int> input) => Parts.SelectMany(part => part.InitialBuffers(input));

    /// <inheritdoc/>
    public override long MultiplyAdds(ImmutableArray<int> input) => Parts.Sum(part => part.MultiplyAdds(input));

    /// <inheritdoc/>
    public override long Activations(ImmutableArray<int> input) => Parts.Sum(part => part.Activations(input)) + base.Activations(input);

    /// <inheritdoc/>
    public override int LeastBatch(ImmutableArray<int> input) => Parts.Max(part => part.LeastBatch(input));

    /// <inheritdoc/>
    public override Tensor Forward(Tensor inputs, ImmutableArray<int> input, LayerFeed feed)
    {
        var branch = Branch.Forward(inputs, input, feed);
        if (Shortcut is null)
        {
            return branch.ReplacedBy(branch + ForAll(inputs, branch.shape[1]));
        }

        using var shortcut = Shortcut.Forward(inputs, input, feed);
        return branch.ReplacedBy(branch + ForAll(shortcut, branch.shape[1]));
    }

    private IEnumerable<Layer> Parts => Shortcut is null ? [Branch] : [Branch, Shortcut];
}
