using LossActors.Learning.Networks;
using TorchSharp;

namespace LossActors.Learning.Refinement;

/// <summary>Meta-gradients that are computed one after another: each gets what it would get alone, to the last bit.</summary>
/// <param name="sources">One per loss; this object disposes them.</param>
internal sealed class SeparateMetaGradients(IReadOnlyList<IMetaGradientSource> sources) : IMetaGradientSource
{
    /// <inheritdoc/>
    public IReadOnlyList<MetaGradient> Compute(
        float[][] initial,
        IReadOnlyList<(torch.Tensor Inputs, torch.Tensor Targets)> inner,
        (torch.Tensor Inputs, torch.Tensor Targets) outer,
        DropoutMasks masks,
        IReadOnlyList<double[]> coefficients) =>
        [.. sources.Select((source, i) => source.Compute(initial, inner, outer, masks, [coefficients[i]])[0])];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var source in sources)
        {
            source.Dispose();
        }
    }
}
