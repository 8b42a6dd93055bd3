using LossActors.Learning.Losses.Neural;
using static TorchSharp.torch;

namespace LossActors.Learning.Losses;

/// <summary>Makes tensor operations of learned losses.</summary>
internal static class EntryLosses
{
    /// <summary>The tensor form of a learned loss.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is the task's own loss, which is no sum over single outputs.</exception>
    public static IEntryLoss Create(LossFunction loss, ScalarType type, Device device) => loss switch
    {
        LossFunction.Symbolic symbolic => new TorchLoss(symbolic.Expression, type, device),
        LossFunction.Neural neural => new TensorNeuralLoss(neural.Network, type, device),
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, "not a learned loss"),
    };
}
