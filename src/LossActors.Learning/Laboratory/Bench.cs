using LossActors.Evolution.Evaluation;
using LossActors.Expressions;
using LossActors.Learning.Protocols;

namespace LossActors.Learning.Laboratory;

/// <summary>
/// Where one evaluator slot does its work: a task's data on one device and the means to screen, train and refine losses on it.
/// Not thread-safe: one bench, one dedicated thread, no await (TorchSharp's scopes and errors are thread-static).
/// </summary>
public sealed class Bench : IDisposable
{
    /// <summary>Loads the task's data onto a device (<c>cpu</c>, <c>cuda:0</c>).</summary>
    public static Bench Open(EvaluationProtocol protocol, string device, int threads = 1) => throw new NotImplementedException();

    /// <summary>The gates: zero gradient, rejection protocol, gradient fingerprint. Answers Screened.</summary>
    public Finding Screen(Expression expression, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Trains fresh networks under the loss. <paramref name="firstReplicate"/> chooses fresh seeds: the search uses 0, re-measurements go on from there.</summary>
    public Finding Train(Expression expression, int firstReplicate, int replicates, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Tunes the coefficients by unrolled meta-gradients.</summary>
    public Finding Refine(Expression expression, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Trains under the task loss (cross-entropy, or mean squared error) at a learning rate: one point of the baseline's tuning.</summary>
    public Finding TrainBaseline(double learningRate, int firstReplicate, int replicates, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() => throw new NotImplementedException();
}
