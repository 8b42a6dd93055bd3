using LossActors.Evolution.Evaluation;
using LossActors.Expressions;
using LossActors.Learning.Protocols;

namespace LossActors.Actors.Evaluators;

/// <summary>What a slot needs of a bench: the seam where tests put a synthetic one, and faults are injected. Used by one thread only.</summary>
public interface IEvaluatorBench : IDisposable
{
    /// <summary>The gates. Answers <see cref="Finding.Screened"/>.</summary>
    Finding Screen(Expression expression, CancellationToken cancellation);

    /// <summary>Trains fresh networks. Answers <see cref="Finding.Trained"/>.</summary>
    Finding Train(Expression expression, int firstReplicate, int replicates, CancellationToken cancellation);

    /// <summary>Tunes the coefficients. Answers <see cref="Finding.Refined"/>.</summary>
    Finding Refine(Expression expression, CancellationToken cancellation);

    /// <summary>Trains under the task loss. Answers <see cref="Finding.Trained"/>.</summary>
    Finding TrainBaseline(double learningRate, int firstReplicate, int replicates, CancellationToken cancellation);
}

/// <summary>Opens benches.</summary>
public interface IEvaluatorBenchFactory
{
    /// <summary>Loads a task's data onto a device. Called on the thread that will use the bench.</summary>
    /// <param name="protocol">What evaluations depend on.</param>
    /// <param name="device"><c>cpu</c>, <c>cuda:0</c>.</param>
    /// <param name="threads">Threads one operation may use.</param>
    /// <exception cref="Exception">Device, native library or data are missing; the message's first line says which.</exception>
    IEvaluatorBench Open(EvaluationProtocol protocol, string device, int threads);
}
