using System.Numerics;
using LossActors.Learning.Losses.Neural;

namespace LossActors.Learning.Losses;

/// <summary>Makes the loss that a network is trained under, for host memory.</summary>
internal static class LogitLosses
{
    /// <summary>The compiled form of a loss.</summary>
    public static LogitLoss<T> Create<T>(LossFunction loss, Link link, int outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => loss switch
        {
            LossFunction.TaskLoss => new TaskLogitLoss<T>(link, outputs),
            LossFunction.Symbolic symbolic => new LearnedLogitLoss<T>(symbolic.Expression, link, outputs),
            LossFunction.Neural neural => new NeuralLogitLoss<T>(neural.Network, link, outputs),
            _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, "no compiled form"),
        };
}
