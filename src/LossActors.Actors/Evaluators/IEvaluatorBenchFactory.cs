using LossActors.Learning.Protocols;

namespace LossActors.Actors.Evaluators;

/// <summary>Opens benches.</summary>
public interface IEvaluatorBenchFactory
{
    /// <summary>Loads a task's data onto a device. Called on the thread that will use the bench.</summary>
    /// <param name="protocol">What evaluations depend on.</param>
    /// <param name="dataHash">What its data must hash to.</param>
    /// <param name="device"><c>cpu</c>, <c>cuda:0</c>.</param>
    /// <param name="threads">Threads one operation may use.</param>
    /// <exception cref="Exception">Device, native library or data are missing, or the data are others; the message's first line says which.</exception>
    IEvaluatorBench Open(EvaluationProtocol protocol, string dataHash, string device, int threads);
}
