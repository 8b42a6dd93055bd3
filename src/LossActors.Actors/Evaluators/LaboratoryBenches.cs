using System.Collections.Immutable;
using LossActors.Actors.Protocol;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Racing;
using LossActors.Expressions;
using LossActors.Learning.Datasets;
using LossActors.Learning.Laboratory;
using LossActors.Learning.Losses.Neural;
using LossActors.Learning.Protocols;

namespace LossActors.Actors.Evaluators;

/// <summary>The real thing: benches that train networks with TorchSharp.</summary>
public sealed class LaboratoryBenches : IEvaluatorBenchFactory
{
    /// <inheritdoc/>
    public IEvaluatorBench Open(EvaluationProtocol protocol, string dataHash, string device, int threads)
    {
        var bench = Bench.Open(protocol, device, threads);
        if (bench.DataHash == dataHash)
        {
            return new LaboratoryBench(bench);
        }

        var hash = bench.DataHash;
        bench.Dispose();
        throw new DataException(
            $"the data of {protocol.Task.Path ?? protocol.Task.Dataset} are not those that the run was started with (their hash is {DataHashes.Short(hash)} here, {DataHashes.Short(dataHash)} there); bring the same files here");
    }

    private sealed class LaboratoryBench(Bench bench) : IEvaluatorBench
    {
        // The gates are passed one by one: what limits their number is only how long a lease should take.
        private const int Screens = 64;

        public Appetite Capacity { get; } = new(Screens, bench.LargestCohort, bench.LargestRefinement);

        public IEvaluatorBench On(TaskSet tasks) => tasks.IsAll ? this : new LaboratoryBench(bench.On(tasks));

        public ImmutableArray<Finding> Screen(ImmutableArray<Expression> expressions, CancellationToken cancellation) =>
            [.. expressions.Select(expression => bench.Screen(expression, cancellation))];

        public ImmutableArray<Finding> Train(ImmutableArray<Entrant> entrants, int firstReplicate, int replicates, CancellationToken cancellation) =>
            bench.Train(entrants, firstReplicate, replicates, cancellation);

        public ImmutableArray<Finding> Refine(ImmutableArray<Expression> expressions, CancellationToken cancellation) =>
            bench.Refine(expressions, cancellation);

        public ImmutableArray<Finding> Learn(ImmutableArray<NeuralLoss> starts, int replicates, CancellationToken cancellation) =>
            [.. starts.Select(start => bench.Learn(start, replicates, cancellation))];

        public ImmutableArray<Finding> TrainNeural(ImmutableArray<NeuralLoss> losses, int firstReplicate, int replicates, CancellationToken cancellation) =>
            bench.TrainNeural(losses, firstReplicate, replicates, cancellation);

        public ImmutableArray<Finding> TrainBaseline(ImmutableArray<double> learningRates, int firstReplicate, int replicates, CancellationToken cancellation) =>
            bench.TrainBaseline(learningRates, firstReplicate, replicates, cancellation);

        public void Dispose() => bench.Dispose();
    }
}
