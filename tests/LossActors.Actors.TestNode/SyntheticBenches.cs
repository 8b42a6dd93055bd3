using System.Collections.Immutable;
using LossActors.Actors.Evaluators;
using LossActors.Actors.Protocol;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Racing;
using LossActors.Expressions;
using LossActors.Expressions.Printing;
using LossActors.Learning.Laboratory;
using LossActors.Learning.Losses.Neural;
using LossActors.Learning.Protocols;

namespace LossActors.Actors.TestNode;

/// <summary>Benches that train nothing: findings are a function of the expression, after a wait that can be cancelled.</summary>
/// <param name="wait">For each candidate.</param>
/// <param name="fails">The function form of a loss that cannot be evaluated.</param>
public sealed class SyntheticBenches(TimeSpan wait, string? fails = null) : IEvaluatorBenchFactory
{
    /// <summary>Refuses the device <c>none</c>, as a machine without it would.</summary>
    public IEvaluatorBench Open(EvaluationProtocol protocol, string dataHash, string device, int threads) =>
        device == "none" ? throw new InvalidOperationException("There is no device 'none'.\nSecond line.") : new SyntheticBench(wait, fails);

    /// <summary>The fitness that the synthetic bench gives a loss.</summary>
    public static double Fitness(Expression expression, int replicate) =>
        ExpressionFormatter.WeightedFunction(expression).Sum(c => c) / 1000.0 + replicate;

    private sealed class SyntheticBench(TimeSpan wait, string? fails) : IEvaluatorBench
    {
        public Appetite Capacity { get; } = new(8, 8, 8);

        public IEvaluatorBench On(TaskSet tasks) => this;

        public ImmutableArray<Finding> Screen(ImmutableArray<Expression> expressions, CancellationToken cancellation) =>
            Each(expressions, e => new Finding.Screened(Gate.Passed, (UInt128)(Fitness(e, 0) * 1000), wait.TotalSeconds), cancellation);

        public ImmutableArray<Finding> Train(ImmutableArray<Entrant> entrants, int firstReplicate, int replicates, CancellationToken cancellation) =>
            Each(
                [.. entrants.Select(entrant => entrant.Expression)],
                e => new Finding.Trained([.. Enumerable.Range(firstReplicate, replicates).Select(r => Fitness(e, r))], 100 * replicates, false, wait.TotalSeconds),
                cancellation);

        public ImmutableArray<Finding> Refine(ImmutableArray<Expression> expressions, CancellationToken cancellation) =>
            Each(expressions, e => new Finding.Refined(e, 2, 1, 250, wait.TotalSeconds), cancellation);

        public ImmutableArray<Finding> Learn(ImmutableArray<NeuralLoss> starts, int replicates, CancellationToken cancellation) =>
            Each(starts, start => new LearnedLoss(start, 2, 1, 250, 500, [.. Enumerable.Repeat(start.At(1, 0).Value, replicates)], 100 * replicates, wait.TotalSeconds), cancellation);

        public ImmutableArray<Finding> TrainNeural(ImmutableArray<NeuralLoss> losses, int firstReplicate, int replicates, CancellationToken cancellation) =>
            Each(losses, loss => new Finding.Trained([.. Enumerable.Repeat(loss.At(1, 0).Value, replicates)], 100 * replicates, false, wait.TotalSeconds), cancellation);

        public ImmutableArray<Finding> TrainBaseline(ImmutableArray<double> learningRates, int firstReplicate, int replicates, CancellationToken cancellation) =>
            Each(learningRates, rate => new Finding.Trained([rate], 100, false, wait.TotalSeconds), cancellation);

        public void Dispose()
        {
        }

        private ImmutableArray<Finding> Each<T>(ImmutableArray<T> candidates, Func<T, Finding> find, CancellationToken cancellation)
        {
            var findings = ImmutableArray.CreateBuilder<Finding>(candidates.Length);
            foreach (var candidate in candidates)
            {
                cancellation.WaitHandle.WaitOne(wait);
                cancellation.ThrowIfCancellationRequested();
                if (candidate is Expression loss && ExpressionFormatter.Function(loss) == fails)
                {
                    throw new InvalidOperationException($"{fails} cannot be evaluated.");
                }

                findings.Add(find(candidate));
            }

            return findings.MoveToImmutable();
        }
    }
}
