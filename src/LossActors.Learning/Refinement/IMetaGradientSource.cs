using LossActors.Learning.Networks;
using TorchSharp;

namespace LossActors.Learning.Refinement;

/// <summary>One way to compute the meta-gradients of some losses that are tuned side by side: on the same networks and batches.</summary>
internal interface IMetaGradientSource : IDisposable
{
    /// <summary>The derivative of the task loss after the inner steps in the coefficients, for each loss.</summary>
    /// <param name="initial">Initial weights, one array per parameter tensor; every loss trains a network that begins with them.</param>
    /// <param name="inner">A batch (inputs, targets) per inner step.</param>
    /// <param name="outer">The validation batch.</param>
    /// <param name="masks">What inner steps drop.</param>
    /// <param name="coefficients">Of each loss all parameters, in the order of <see cref="Losses.LossFunction.Parameters"/>.</param>
    /// <returns>One per loss. What one computes never enters another's numbers, not even NaN.</returns>
    IReadOnlyList<MetaGradient> Compute(
        float[][] initial,
        IReadOnlyList<(torch.Tensor Inputs, torch.Tensor Targets)> inner,
        (torch.Tensor Inputs, torch.Tensor Targets) outer,
        DropoutMasks masks,
        IReadOnlyList<double[]> coefficients);
}
