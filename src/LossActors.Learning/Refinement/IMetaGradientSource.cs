using TorchSharp;

namespace LossActors.Learning.Refinement;

/// <summary>One way to compute a meta-gradient.</summary>
internal interface IMetaGradientSource : IDisposable
{
    /// <summary>The derivative of the task loss after the inner steps in the coefficients.</summary>
    /// <param name="initial">Initial weights, one array per parameter tensor.</param>
    /// <param name="inner">A batch (inputs, targets) per inner step.</param>
    /// <param name="outer">The validation batch.</param>
    /// <param name="coefficients">One per node, root first.</param>
    MetaGradient Compute(
        float[][] initial,
        IReadOnlyList<(torch.Tensor Inputs, torch.Tensor Targets)> inner,
        (torch.Tensor Inputs, torch.Tensor Targets) outer,
        ReadOnlySpan<double> coefficients);
}
