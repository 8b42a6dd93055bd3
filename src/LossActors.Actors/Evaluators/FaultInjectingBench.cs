using System.Collections.Immutable;
using System.Diagnostics;
using LossActors.Actors.Protocol;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Racing;
using LossActors.Expressions;
using LossActors.Expressions.Printing;
using LossActors.Learning.Losses.Neural;
using LossActors.Learning.Protocols;

namespace LossActors.Actors.Evaluators;

/// <summary>
/// A bench that goes wrong on chosen losses, for tests of what the product does when native code aborts or hangs. Used only
/// where the environment variable LOSSACTORS_FAULTS says so, for example <c>kill=sub(y, f);hang=*tanh(tanh(*</c>.
/// </summary>
public sealed class FaultInjectingBench : IEvaluatorBench
{
    /// <summary>Name of the environment variable.</summary>
    public const string Variable = "LOSSACTORS_FAULTS";

    private readonly IEvaluatorBench _bench;
    private readonly IReadOnlyList<Fault> _faults;

    private FaultInjectingBench(IEvaluatorBench bench, IReadOnlyList<Fault> faults)
    {
        _bench = bench;
        _faults = faults;
    }

    /// <summary>The same factory, unless the environment variable asks for faults.</summary>
    /// <exception cref="FormatException">The variable is set to something else than faults.</exception>
    public static IEvaluatorBenchFactory Where(IEvaluatorBenchFactory benches) =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? new Factory(benches, Fault.ParseAll(text)) : benches;

    /// <inheritdoc/>
    public Appetite Capacity => _bench.Capacity;

    /// <inheritdoc/>
    public IEvaluatorBench On(TaskSet tasks) => tasks.IsAll ? this : new FaultInjectingBench(_bench.On(tasks), _faults);

    /// <inheritdoc/>
    public ImmutableArray<Finding> Screen(ImmutableArray<Expression> expressions, CancellationToken cancellation)
    {
        Befall(expressions);
        return _bench.Screen(expressions, cancellation);
    }

    /// <inheritdoc/>
    public ImmutableArray<Finding> Train(ImmutableArray<Entrant> entrants, int firstReplicate, int replicates, CancellationToken cancellation)
    {
        Befall([.. entrants.Select(entrant => entrant.Expression)]);
        return _bench.Train(entrants, firstReplicate, replicates, cancellation);
    }

    /// <inheritdoc/>
    public ImmutableArray<Finding> Refine(ImmutableArray<Expression> expressions, CancellationToken cancellation)
    {
        Befall(expressions);
        return _bench.Refine(expressions, cancellation);
    }

    /// <inheritdoc/>
    public ImmutableArray<Finding> Learn(ImmutableArray<NeuralLoss> starts, int replicates, CancellationToken cancellation) =>
        _bench.Learn(starts, replicates, cancellation);

    /// <inheritdoc/>
    public ImmutableArray<Finding> TrainNeural(ImmutableArray<NeuralLoss> losses, int firstReplicate, int replicates, CancellationToken cancellation) =>
        _bench.TrainNeural(losses, firstReplicate, replicates, cancellation);

    /// <inheritdoc/>
    public ImmutableArray<Finding> TrainBaseline(ImmutableArray<double> learningRates, int firstReplicate, int replicates, CancellationToken cancellation) =>
        _bench.TrainBaseline(learningRates, firstReplicate, replicates, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _bench.Dispose();

    private void Befall(ImmutableArray<Expression> expressions)
    {
        foreach (var expression in expressions)
        {
            Befall(ExpressionFormatter.Function(expression));
        }
    }

    private void Befall(string form)
    {
        switch (_faults.FirstOrDefault(f => f.Befalls(form))?.Kind)
        {
            case "kill":
                Process.GetCurrentProcess().Kill();
                break;
            case "hang":
                Thread.Sleep(Timeout.Infinite);
                break;
            case "fail":
                throw new InvalidOperationException($"injected failure on {form}");
        }
    }

    private sealed class Factory(IEvaluatorBenchFactory benches, IReadOnlyList<Fault> faults) : IEvaluatorBenchFactory
    {
        public IEvaluatorBench Open(EvaluationProtocol protocol, string dataHash, string device, int threads) =>
            new FaultInjectingBench(benches.Open(protocol, dataHash, device, threads), faults);
    }
}
