using BenchmarkDotNet.Attributes;
using LossActors.Evolution.Evaluation;
using LossActors.Expressions;
using LossActors.Learning.Laboratory;
using LossActors.Learning.Protocols;

namespace LossActors.Benchmarks;

/// <summary>The gates before training on digits: a loss without gradient, one that teaches nothing, and one that passes.</summary>
public class GateBenchmarks
{
    private Bench _bench = null!;
    private Expression _loss = null!;

    [Params("square(y)", "add(y, f)", "square(sub(y, f))")]
    public string Loss { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _bench = Bench.Open(new EvaluationProtocol { Task = new TaskSettings { Dataset = "digits" } }, "cpu");
        _loss = Expression.Parse(Loss);
    }

    [GlobalCleanup]
    public void Cleanup() => _bench.Dispose();

    [Benchmark]
    public Finding Screen() => _bench.Screen(_loss);
}
