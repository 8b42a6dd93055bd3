using System.Diagnostics;
using LossActors.Evolution.Evaluation;
using LossActors.Expressions;
using LossActors.Expressions.Printing;
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
    public Finding Screen(Expression expression, CancellationToken cancellation)
    {
        Befall(expression);
        return _bench.Screen(expression, cancellation);
    }

    /// <inheritdoc/>
    public Finding Train(Expression expression, int firstReplicate, int replicates, CancellationToken cancellation)
    {
        Befall(expression);
        return _bench.Train(expression, firstReplicate, replicates, cancellation);
    }

    /// <inheritdoc/>
    public Finding Refine(Expression expression, CancellationToken cancellation)
    {
        Befall(expression);
        return _bench.Refine(expression, cancellation);
    }

    /// <inheritdoc/>
    public Finding TrainBaseline(double learningRate, int firstReplicate, int replicates, CancellationToken cancellation) =>
        _bench.TrainBaseline(learningRate, firstReplicate, replicates, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _bench.Dispose();

    private void Befall(Expression expression)
    {
        var form = ExpressionFormatter.Function(expression);
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
        public IEvaluatorBench Open(EvaluationProtocol protocol, string device, int threads) =>
            new FaultInjectingBench(benches.Open(protocol, device, threads), faults);
    }
}
