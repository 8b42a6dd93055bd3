using LossActors.Evolution.Randomness;
using LossActors.Expressions;
using LossActors.Learning.Losses;
using LossActors.Learning.Native;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using LossActors.Learning.Refinement;
using LossActors.Learning.Training;
using static TorchSharp.torch;

namespace LossActors.Learning.Tests.Support;

/// <summary>A network at its start, batches for some inner steps and one to judge them by: what a meta-gradient is asked of, in every way there is.</summary>
internal sealed class MetaProblem : IDisposable
{
    private const int InnerBatch = 30;
    private const int OuterBatch = 60;
    private static readonly TrainingSettings s_training = new()
    {
        LearningRate = 0.1, Momentum = 0.9, Nesterov = true, WeightDecay = 0.01, Milestones = [2, 4], Decay = 0.7,
    };

    private readonly LearningTask _task;
    private readonly TorchSharp.DisposeScope _scope;
    private readonly INetwork _network;
    private readonly float[][] _initial;
    private readonly List<(Tensor Inputs, Tensor Targets)> _inner;
    private readonly (Tensor Inputs, Tensor Targets) _outer;
    private readonly ScalarType _type;

    public MetaProblem(INetwork network, int[] shape, int steps, ScalarType type, ulong seed = 1)
    {
        TorchThreads.Set(1);
        _task = Tasks.Make(TaskKind.Classification, 4, OuterBatch, type == ScalarType.Float64, shape);
        _scope = NewDisposeScope();
        (_network, _type) = (network, type);
        _initial = network.Initialise(RandomStream.For(seed, 2, 3, Purpose.Weights));
        _inner = [.. Enumerable.Range(0, steps).Select(i => (_task.Training.Inputs.roll(7 * i, 0)[..InnerBatch], _task.Training.Targets.roll(7 * i, 0)[..InnerBatch]))];
        _outer = (_task.Validation.Inputs, _task.Validation.Targets);
    }

    /// <summary>Without a graph, as refinement does it.</summary>
    public IReadOnlyList<MetaGradient> Compute(IReadOnlyList<Expression> losses) => Compute([.. losses.Select(LossFunction.Of)]);

    /// <summary>The same of any losses.</summary>
    public IReadOnlyList<MetaGradient> Compute(IReadOnlyList<LossFunction> losses) => Compute(losses, Coefficients(losses));

    /// <summary>The same with other parameters than the losses' own.</summary>
    public IReadOnlyList<MetaGradient> Compute(IReadOnlyList<LossFunction> losses, List<double[]> parameters)
    {
        using var source = MetaGradientSources.Create(Unrolling(losses), _inner.Count, _type, CPU, TrainingPath.Compiled);
        return source.Compute(_initial, _inner, _outer, default, parameters);
    }

    /// <summary>The way of many steps, of a dense network in double precision, with memory for so many.</summary>
    public IReadOnlyList<MetaGradient> ManySteps(IReadOnlyList<Expression> losses, int kept)
    {
        List<LossFunction> functions = [.. losses.Select(LossFunction.Of)];
        using var source = new CompiledMetaGradient<double>(
            Unrolling(functions),
            new DenseBackpropagation<double>((DenseNetwork)_network, InnerBatch, losses.Count),
            new DenseBackpropagation<double>((DenseNetwork)_network, OuterBatch, losses.Count),
            kept);
        return source.Compute(_initial, _inner, _outer, default, Coefficients(functions));
    }

    /// <summary>By libtorch's autograd, twice.</summary>
    public MetaGradient DoubleBackward(Expression loss) => DoubleBackward(LossFunction.Of(loss));

    /// <summary>The same of any loss.</summary>
    public MetaGradient DoubleBackward(LossFunction loss)
    {
        using var source = new UnrolledMetaGradient(_network, _task.Shape.Link, loss, s_training, _type, CPU);
        return source.Compute(_initial, _inner, _outer, default, loss.Parameters.AsSpan());
    }

    /// <summary>How far a meta-gradient lies from the truth, relative to the truth's largest entry: the sum of squares.</summary>
    public static double SquaredError(MetaGradient meta, MetaGradient truth)
    {
        var largest = truth.Gradient.Max(Math.Abs);
        return meta.Gradient.Zip(truth.Gradient, (a, b) => Math.Pow((a - b) / largest, 2)).Sum();
    }

    public void Dispose()
    {
        _scope.Dispose();
        _task.Dispose();
    }

    private static List<double[]> Coefficients(IReadOnlyList<LossFunction> losses) => [.. losses.Select(loss => loss.Parameters.ToArray())];

    private Unrolling Unrolling(IReadOnlyList<LossFunction> losses) =>
        new(_network, _task.Shape.Link, losses, s_training, InnerBatch, OuterBatch, RefinementObjective.TaskLoss);
}
