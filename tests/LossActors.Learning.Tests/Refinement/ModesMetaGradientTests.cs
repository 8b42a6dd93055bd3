using LossActors.Evolution.Randomness;
using LossActors.Expressions;
using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Networks.Layers;
using LossActors.Learning.Protocols;
using LossActors.Learning.Refinement;
using LossActors.Learning.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace LossActors.Learning.Tests.Refinement;

/// <summary>Meta-gradients through batch statistics and dropout.</summary>
public sealed class ModesMetaGradientTests
{
    private static readonly LossFunction s_loss = LossFunction.Of(Expression.Parse("add(0.8*mul(-1, mul(y, 1.1*log(0.9*f))), 0.3*square(sub(y, f)))"));
    private static readonly DropoutMasks s_masks = DropoutMasks.Refinement(4, 2);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void TheyAgreeWithFiniteDifferences(int steps)
    {
        using var task = Tasks.Make(TaskKind.Classification, 4, 24, shape: [2, 6, 6]);
        var network = Network();
        var weights = s_loss.Parameters.ToArray();
        const double Step = 1e-5;

        var meta = Compute(network, task, steps, s_masks, weights);

        for (var i = 1; i < weights.Length; i++)
        {
            var (more, less) = ((double[])weights.Clone(), (double[])weights.Clone());
            (more[i], less[i]) = (more[i] + Step, less[i] - Step);
            var difference = (Compute(network, task, steps, s_masks, more).TaskLoss - Compute(network, task, steps, s_masks, less).TaskLoss) / (2 * Step);
            Assert.Equal(difference, meta.Gradient[i], 1e-6 * meta.Gradient.Max(Math.Abs));
        }

        Assert.Contains(meta.Gradient, g => Math.Abs(g) > 1e-4);
    }

    [Fact]
    public void TheSameMasksGiveTheSameMetaGradientAndOthersAnother()
    {
        using var task = Tasks.Make(TaskKind.Classification, 4, 24, shape: [2, 6, 6]);
        var (network, weights) = (Network(), s_loss.Parameters.ToArray());

        var (a, b, other) = (Compute(network, task, 2, s_masks, weights), Compute(network, task, 2, s_masks, weights), Compute(network, task, 2, DropoutMasks.Refinement(4, 3), weights));

        Assert.Equal(a.Gradient, b.Gradient);
        Assert.NotEqual(a.Gradient, other.Gradient);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1 << 20)]
    public void ALongTrainingInStretchesGivesWhatOneGraphGives(long memory)
    {
        using var task = Tasks.Make(TaskKind.Classification, 4, 24, shape: [2, 6, 6]);
        var (network, weights) = (Network(), s_loss.Parameters.ToArray());

        var (whole, stretches) = (Compute(network, task, 7, s_masks, weights), Compute(network, task, 7, s_masks, weights, memory));

        Assert.Equal(whole.TaskLoss, stretches.TaskLoss, 1e-12);
        Assert.All(whole.Gradient.Zip(stretches.Gradient), pair => Assert.Equal(pair.First, pair.Second, 1e-10 * whole.Gradient.Max(Math.Abs)));
    }

    [Fact]
    public void ALossThatNeverReadsThePredictionHasNoMetaGradient()
    {
        using var task = Tasks.Make(TaskKind.Classification, 4, 24, shape: [2, 6, 6]);
        var loss = LossFunction.Of(Expression.Parse("mul(0.8*y, 0.9*y)"));

        var meta = Compute(Network(), task, 3, s_masks, loss.Parameters.ToArray(), memory: 0, loss);

        Assert.True(double.IsFinite(meta.TaskLoss));
        Assert.All(meta.Gradient, g => Assert.Equal(0, g));
    }

    [Fact]
    public void StretchesLeaveNoTensorBehind()
    {
        using var task = Tasks.Make(TaskKind.Classification, 4, 24, shape: [2, 6, 6]);
        var before = LiveTensors.Settled();
        Compute(Network(), task, 5, s_masks, s_loss.Parameters.ToArray(), memory: 0);
        Assert.Equal(before, Tensor.TotalCount);
    }

    private static SequentialNetwork Network() => new("made-up", [2, 6, 6],
    [
        new ConvolutionLayer(4, 3) { Padding = 1, HasBias = false }, new BatchNormalisationLayer(), new ActivationLayer(Activation.Tanh), new MaxPoolingLayer(2),
        new DropoutLayer(0.3), new ResidualLayer(new SequenceLayer(new ConvolutionLayer(4, 3) { Padding = 1 }, new BatchNormalisationLayer())),
        new AdaptiveAveragePoolingLayer(1), new FlattenLayer(), new DenseLayer(4),
    ]);

    private static MetaGradient Compute(SequentialNetwork network, Learning.Training.LearningTask task, int steps, DropoutMasks masks, double[] coefficients, long? memory = null, LossFunction? loss = null)
    {
        using var scope = NewDisposeScope();
        var settings = new TrainingSettings { LearningRate = 0.1, WeightDecay = 0.01 };
        using var source = memory is { } bytes
            ? new UnrolledMetaGradient(network, task.Shape.Link, loss ?? s_loss, settings, ScalarType.Float64, CPU, memory: bytes)
            : new UnrolledMetaGradient(network, task.Shape.Link, loss ?? s_loss, settings, ScalarType.Float64, CPU);
        return source.Compute(
            network.Initialise(RandomStream.For(1, 2, 3, Purpose.Weights)),
            [.. Enumerable.Range(0, steps).Select(i => (task.Training.Inputs.roll(7 * i, 0)[..12], task.Training.Targets.roll(7 * i, 0)[..12]))],
            (task.Validation.Inputs, task.Validation.Targets),
            masks,
            coefficients);
    }
}
