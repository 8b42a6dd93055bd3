using static TorchSharp.torch;

namespace LossActors.Learning.Losses;

/// <summary>A learned loss of single outputs as tensor operations, differentiable to second order in f and in its parameters. Results belong to the caller's dispose scope.</summary>
public interface IEntryLoss : IDisposable
{
    /// <summary>The loss of each entry; the shape of <paramref name="f"/>.</summary>
    /// <param name="y">Targets.</param>
    /// <param name="f">Predictions, of the targets' shape.</param>
    /// <param name="weights">In the order of <see cref="LossFunction.Parameters"/>; null: the loss's own, as constants.</param>
    Tensor Evaluate(Tensor y, Tensor f, Tensor? weights);
}
