using LossActors.Actors.Evaluators;
using LossActors.Evolution.Evaluation;
using LossActors.Expressions;
using LossActors.Expressions.Printing;
using LossActors.Learning.Protocols;

namespace LossActors.Actors.TestNode;

/// <summary>Benches that train nothing: findings are a function of the expression, after a wait that can be cancelled.</summary>
public sealed class SyntheticBenches(TimeSpan wait) : IEvaluatorBenchFactory
{
    /// <summary>Refuses the device <c>none</c>, as a machine without it would.</summary>
    public IEvaluatorBench Open(EvaluationProtocol protocol, string device, int threads) =>
        device == "none" ? throw new InvalidOperationException("There is no device 'none'.\nSecond line.") : new SyntheticBench(wait);

    /// <summary>The fitness that the synthetic bench gives a loss.</summary>
    public static double Fitness(Expression expression, int replicate) =>
        ExpressionFormatter.WeightedFunction(expression).Sum(c => c) / 1000.0 + replicate;

    private sealed class SyntheticBench(TimeSpan wait) : IEvaluatorBench
    {
        public Finding Screen(Expression expression, CancellationToken cancellation)
        {
            Wait(cancellation);
            return new Finding.Screened(Gate.Passed, (UInt128)(Fitness(expression, 0) * 1000), wait.TotalSeconds);
        }

        public Finding Train(Expression expression, int firstReplicate, int replicates, CancellationToken cancellation)
        {
            Wait(cancellation);
            return new Finding.Trained(
                [.. Enumerable.Range(firstReplicate, replicates).Select(r => Fitness(expression, r))], 100 * replicates, false, wait.TotalSeconds);
        }

        public Finding Refine(Expression expression, CancellationToken cancellation)
        {
            Wait(cancellation);
            return new Finding.Refined(expression, 2, 1, 250, wait.TotalSeconds);
        }

        public Finding TrainBaseline(double learningRate, int firstReplicate, int replicates, CancellationToken cancellation)
        {
            Wait(cancellation);
            return new Finding.Trained([learningRate], 100, false, wait.TotalSeconds);
        }

        public void Dispose()
        {
        }

        private void Wait(CancellationToken cancellation)
        {
            cancellation.WaitHandle.WaitOne(wait);
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
