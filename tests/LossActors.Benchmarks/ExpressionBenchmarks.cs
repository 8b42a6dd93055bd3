using BenchmarkDotNet.Attributes;
using LossActors.Expressions;
using LossActors.Expressions.Canonical;
using LossActors.Expressions.Compilation;
using LossActors.Expressions.Printing;

namespace LossActors.Benchmarks;

/// <summary>What every proposal costs before anything is evaluated.</summary>
[MemoryDiagnoser]
public class ExpressionBenchmarks
{
    private Expression _loss = null!;
    private string _text = "";

    [Params("mul(-1, mul(y, log(f)))", "add(max(square(sub(y, 1.2*f)), mul(0.3*y, tanh(f))), sqrt(abs(div(sub(f, y), add(1, f)))))")]
    public string Loss { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _loss = Expression.Parse(Loss);
        _text = ExpressionFormatter.WeightedFunction(_loss);
    }

    [Benchmark]
    public Expression Parse() => Expression.Parse(_text);

    [Benchmark]
    public string Print() => ExpressionFormatter.WeightedFunction(_loss);

    [Benchmark]
    public Expression Canonical() => Canonicalizer.Canonical(_loss);

    [Benchmark]
    public ExpressionKey Key() => ExpressionKey.Structure(_loss);

    [Benchmark]
    public LossKernel Compile() => LossKernel.Compile(_loss);
}
