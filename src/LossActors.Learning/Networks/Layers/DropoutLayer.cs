using System.Collections.Immutable;
using static TorchSharp.torch;

namespace LossActors.Learning.Networks.Layers;

/// <summary>
/// Dropout (Srivastava et al., 2014): in training each entry is dropped with a probability, and what stays is scaled up for it. All members of a cohort drop the same entries.
/// </summary>
/// <param name="Probability">Of being dropped, in [0, 1).</param>
public sealed record DropoutLayer(double Probability) : Layer
{
    /// <inheritdoc/>
    public override ImmutableArray<int> OutputShape(ImmutableArray<int> input) => input;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor inputs, ImmutableArray<int> input, LayerFeed feed)
    {
        if (feed.Mask() is not { } stream)
        {
            return inputs;
        }

        var mask = new float[inputs.shape[0] * input.Size()];
        var (kept, dropped) = ((float)(1 / (1 - Probability)), Probability * (1L << 32));
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] = stream.NextUInt32() < dropped ? 0 : kept;
        }

        return inputs * ForAll(tensor(mask, [inputs.shape[0], .. input.Select(size => (long)size)]).to(inputs.dtype).to(inputs.device), inputs.shape[1]);
    }
}
