using System.Collections.Immutable;
using LossActors.Actors.Evaluators;
using LossActors.Actors.Protocol;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Racing;
using LossActors.Expressions;
using LossActors.Learning.Losses.Neural;
using LossActors.Learning.Protocols;

namespace LossActors.Actors.Simulation;

/// <summary>
/// Benches that find what a simulation's evaluators find and really wait as long as it takes: with them a real search, all but training, is measured against its simulation,
/// with more evaluators than there are cores.
/// </summary>
/// <param name="workload">What to draw from.</param>
/// <param name="seed">As the simulation's.</param>
public sealed class SampledBenches(Workload workload, ulong seed) : IEvaluatorBenchFactory
{
    /// <inheritdoc/>
    public IEvaluatorBench Open(EvaluationProtocol protocol, string dataHash, string device, int threads) => new SampledBench(workload, new SampledFindings(workload, seed));

    private sealed class SampledBench(Workload workload, SampledFindings findings) : IEvaluatorBench
    {
        public Appetite Capacity => workload.Capacity;

        public IEvaluatorBench On(TaskSet tasks) => this;

        public ImmutableArray<Finding> Screen(ImmutableArray<Expression> expressions, CancellationToken cancellation) =>
            After([.. expressions.Select(findings.Screen)], cancellation);

        public ImmutableArray<Finding> Train(ImmutableArray<Entrant> entrants, int firstReplicate, int replicates, CancellationToken cancellation) =>
            After([.. entrants.Select(e => findings.Train(e.Expression, replicates))], cancellation);

        public ImmutableArray<Finding> Refine(ImmutableArray<Expression> expressions, CancellationToken cancellation) =>
            After([.. expressions.Select(findings.Refine)], cancellation);

        public ImmutableArray<Finding> Learn(ImmutableArray<NeuralLoss> starts, int replicates, CancellationToken cancellation) => throw new NotSupportedException("Sampled searches evolve.");

        public ImmutableArray<Finding> TrainNeural(ImmutableArray<NeuralLoss> losses, int firstReplicate, int replicates, CancellationToken cancellation) =>
            throw new NotSupportedException("Sampled searches evolve.");

        public ImmutableArray<Finding> TrainBaseline(ImmutableArray<double> learningRates, int firstReplicate, int replicates, CancellationToken cancellation) =>
            [.. learningRates.Select(rate => new Finding.Trained([.. Enumerable.Repeat(rate, replicates)], replicates, Diverged: false, Seconds: 0))];

        public void Dispose()
        {
        }

        private static ImmutableArray<Finding> After(ImmutableArray<Finding> found, CancellationToken cancellation)
        {
            cancellation.WaitHandle.WaitOne(TimeSpan.FromSeconds(found.Sum(f => f.Seconds)));
            cancellation.ThrowIfCancellationRequested();
            return found;
        }
    }
}
