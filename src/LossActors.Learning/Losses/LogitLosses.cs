using System.Numerics;
using LossActors.Expressions;

namespace LossActors.Learning.Losses;

/// <summary>Makes the loss that a network is trained under.</summary>
internal static class LogitLosses
{
    /// <summary>A learned loss, or the task's own if there is no expression.</summary>
    public static LogitLoss<T> Create<T>(Expression? expression, Link link, int outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        expression is null ? new TaskLogitLoss<T>(link, outputs) : new LearnedLogitLoss<T>(expression, link, outputs);
}
