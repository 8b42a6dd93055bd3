using BenchmarkDotNet.Attributes;
using LossActors.Evolution.Randomness;
using LossActors.Expressions;
using LossActors.Expressions.Compilation;

namespace LossActors.Benchmarks;

/// <summary>A compiled loss on a batch of 128 instances and ten classes in single precision: what a training step and a meta step ask of it.</summary>
public class KernelBenchmarks
{
    private const int Entries = 1280;

    private readonly float[] _targets = new float[Entries];
    private readonly float[] _predictions = new float[Entries];
    private readonly float[] _tangents = new float[Entries];
    private readonly float[] _values = new float[Entries];
    private readonly float[] _slopes = new float[Entries];
    private LossKernel _kernel = null!;
    private float[] _weights = [];
    private double[] _sumDw = [];
    private double[] _sumD2Fw = [];

    [Params("square(sub(y, f))", "mul(-1, mul(y, log(f)))", "add(max(square(sub(y, 1.2*f)), mul(0.3*y, tanh(f))), sqrt(abs(div(sub(f, y), add(1, f)))))")]
    public string Loss { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var loss = Expression.Parse(Loss);
        _kernel = LossKernel.Compile(loss);
        _weights = [.. loss.Weights.Select(w => (float)w)];
        (_sumDw, _sumD2Fw) = (new double[loss.Count], new double[loss.Count]);
        var stream = RandomStream.For(1, 0, 0, Purpose.Probe);
        for (var i = 0; i < Entries; i++)
        {
            _targets[i] = i % 10 == 0 ? 1 : 0;
            _predictions[i] = (float)stream.NextDouble();
            _tangents[i] = (float)stream.NextNormal();
        }
    }

    [Benchmark]
    public void Gradient() => _kernel.Gradient<float>(_targets, _predictions, _weights, _values, _slopes);

    [Benchmark]
    public void MetaGradient() => _kernel.MetaGradient<float>(_targets, _predictions, _weights, _tangents, _values, _slopes, _sumDw, _sumD2Fw);
}
