using System.Collections.Immutable;
using LossActors.Actors.Evaluators;
using LossActors.Actors.Protocol;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Racing;
using LossActors.Evolution.Randomness;
using LossActors.Expressions;
using LossActors.Learning.Losses.Neural;
using LossActors.Learning.Protocols;

namespace LossActors.Actors.Benchmarks;

/// <summary>
/// Benches that train nothing: every finding is a pure function of the expression, had in microseconds, so that whatever a search costs is the engine's own.
/// The gates let through about as many as they do in searches of the built-in experiments.
/// </summary>
internal sealed class SyntheticBenches : IEvaluatorBenchFactory
{
    private const double Stopped = 0.4;
    private const double Diverged = 0.02;

    public IEvaluatorBench Open(EvaluationProtocol protocol, string dataHash, string device, int threads) => new SyntheticBench();

    // FNV-1a over structure and coefficients: hash codes of .NET differ from process to process.
    private static ulong Hash(Expression expression, bool weighted)
    {
        var hash = 14695981039346656037UL;
        foreach (var node in expression.Nodes)
        {
            hash = (hash ^ (byte)node.Primitive) * 1099511628211UL;
            hash = (hash ^ (weighted ? BitConverter.DoubleToUInt64Bits(node.Coefficient) : 0)) * 1099511628211UL;
        }

        return hash;
    }

    private static RandomStream Stream(Expression expression, bool weighted, Stage stage) => RandomStream.For(Hash(expression, weighted), (ulong)stage, 0, Purpose.Weights);

    private sealed class SyntheticBench : IEvaluatorBench
    {
        public Appetite Capacity { get; } = new(Screen: 256, Train: 256, Refine: 256);

        public IEvaluatorBench On(TaskSet tasks) => this;

        public ImmutableArray<Finding> Screen(ImmutableArray<Expression> expressions, CancellationToken cancellation) => [.. expressions.Select(Screen)];

        public ImmutableArray<Finding> Train(ImmutableArray<Entrant> entrants, int firstReplicate, int replicates, CancellationToken cancellation) =>
            [.. entrants.Select(e => Train(e.Expression, replicates))];

        public ImmutableArray<Finding> Refine(ImmutableArray<Expression> expressions, CancellationToken cancellation) => [.. expressions.Select(Refine)];

        public ImmutableArray<Finding> Learn(ImmutableArray<NeuralLoss> starts, int replicates, CancellationToken cancellation) =>
            throw new NotSupportedException("The engine's benchmark evolves.");

        public ImmutableArray<Finding> TrainNeural(ImmutableArray<NeuralLoss> losses, int firstReplicate, int replicates, CancellationToken cancellation) =>
            throw new NotSupportedException("The engine's benchmark evolves.");

        public ImmutableArray<Finding> TrainBaseline(ImmutableArray<double> learningRates, int firstReplicate, int replicates, CancellationToken cancellation) =>
            [.. learningRates.Select(rate => new Finding.Trained([.. Enumerable.Repeat(rate, replicates)], replicates, false, 0))];

        public void Dispose()
        {
        }

        // A structure fares at the gates as one, and is equivalent to itself whatever its coefficients.
        private static Finding.Screened Screen(Expression expression)
        {
            var stream = Stream(expression, weighted: false, Stage.Screen);
            return stream.NextDouble() < Stopped
                ? new Finding.Screened(stream.NextBool(0.5) ? Gate.ZeroGradient : Gate.Rejected, 0, 0)
                : new Finding.Screened(Gate.Passed, stream.NextUInt64(), 0);
        }

        // Small trees are a little better, or a search over chance alone would grow them without end.
        private static Finding.Trained Train(Expression expression, int replicates)
        {
            var stream = Stream(expression, weighted: true, Stage.Train);
            return stream.NextDouble() < Diverged
                ? new Finding.Trained([], 1, Diverged: true, 0)
                : new Finding.Trained([.. Enumerable.Range(0, replicates).Select(_ => stream.NextDouble() + (0.02 * expression.Count))], replicates, false, 0);
        }

        private static Finding.Refined Refine(Expression expression)
        {
            var stream = Stream(expression, weighted: true, Stage.Refine);
            double[] tuned = [.. expression.Weights.Select((w, i) => i == 0 ? w : w * (1 + (0.1 * stream.NextNormal())))];
            return new Finding.Refined(expression.WithWeights(tuned), 1, 0.9, 1, 0);
        }
    }
}
