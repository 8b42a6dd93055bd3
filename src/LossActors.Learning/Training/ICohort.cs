using LossActors.Learning.Networks;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>Networks in training that share every batch.</summary>
internal interface ICohort : IDisposable
{
    /// <summary>One step of SGD on a batch for every member that has not diverged.</summary>
    /// <param name="inputs">[batch, features].</param>
    /// <param name="targets">[batch, outputs].</param>
    /// <param name="pass">The step's mode.</param>
    /// <param name="learningRates">This step's, one per member.</param>
    /// <param name="diverged">One flag per member; set for those that met NaN or infinity, whose weights stay as they were.</param>
    void Step(Tensor inputs, Tensor targets, ForwardPass pass, ReadOnlySpan<double> learningRates, Span<bool> diverged);

    /// <summary>
    /// The cohort of some members, in the order given, who go on as if nothing had happened, and of whom the others no longer cost anything. It takes this one's
    /// place, which is disposed.
    /// </summary>
    ICohort Keep(IReadOnlyList<int> members);

    /// <summary>A member's state, weights and then buffers; the caller owns it, and it outlives the cohort.</summary>
    Tensor[] Release(int member);
}
