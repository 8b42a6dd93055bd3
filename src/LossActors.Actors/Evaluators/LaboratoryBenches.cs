using LossActors.Evolution.Evaluation;
using LossActors.Expressions;
using LossActors.Learning.Laboratory;
using LossActors.Learning.Protocols;

namespace LossActors.Actors.Evaluators;

/// <summary>The real thing: benches that train networks with TorchSharp.</summary>
public sealed class LaboratoryBenches : IEvaluatorBenchFactory
{
    /// <inheritdoc/>
    public IEvaluatorBench Open(EvaluationProtocol protocol, string device, int threads) =>
        new LaboratoryBench(Bench.Open(protocol, device, threads));

    private sealed class LaboratoryBench(Bench bench) : IEvaluatorBench
    {
        public Finding Screen(Expression expression, CancellationToken cancellation) => bench.Screen(expression, cancellation);

        public Finding Train(Expression expression, int firstReplicate, int replicates, CancellationToken cancellation) =>
            bench.Train(expression, firstReplicate, replicates, cancellation);

        public Finding Refine(Expression expression, CancellationToken cancellation) => bench.Refine(expression, cancellation);

        public Finding TrainBaseline(double learningRate, int firstReplicate, int replicates, CancellationToken cancellation) =>
            bench.TrainBaseline(learningRate, firstReplicate, replicates, cancellation);

        public void Dispose() => bench.Dispose();
    }
}
