using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Randomness;
using LossActors.Expressions;
using LossActors.Learning.Laboratory;
using LossActors.Learning.Losses;
using LossActors.Learning.Losses.Neural;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using LossActors.Learning.Refinement;
using LossActors.Learning.Tests.Support;
using LossActors.Learning.Training;
using Xunit;
using static TorchSharp.torch;

namespace LossActors.Learning.Tests.Cuda;

/// <summary>Everything that an evaluator is asked for, on a GPU and on the CPU, in double precision.</summary>
public sealed class CudaBenchTests
{
    private static readonly Expression s_loss = Expression.Parse("mul(-1, mul(1.1*y, log(add(0.9*f, 0.1*square(sub(y, f))))))");

    [Theory]
    [InlineData("digits", "mlp")]
    [InlineData("digits", "layers")]
    [InlineData("breast-cancer", "mlp")]
    [InlineData("diabetes", "mlp")]
    public void AnEvaluatorOnAGpuFindsWhatOneOnTheCpuFinds(string dataset, string network)
    {
        Gpu.Require();
        var loss = dataset == "diabetes" ? Expression.Parse("mul(0.9, square(sub(y, 1.1*f)))") : s_loss;
        var before = LiveTensors.Settled();
        using (var here = Bench.Open(Protocol(dataset, network), "cpu"))
        using (var there = Bench.Open(Protocol(dataset, network), Gpu.Name))
        {
            Assert.Equal(here.DataHash, there.DataHash);
            var (a, b) = ((Finding.Screened)here.Screen(loss), (Finding.Screened)there.Screen(loss));
            Assert.Equal((a.Gate, a.Fingerprint), (b.Gate, b.Fingerprint));

            AssertSame((Finding.Trained)here.Train(loss, 0, 2), (Finding.Trained)there.Train(loss, 0, 2));
            AssertSame((Finding.Trained)here.TrainBaseline([0.01], 0, 2)[0], (Finding.Trained)there.TrainBaseline([0.01], 0, 2)[0]);

            var (c, d) = (Assert.IsType<Finding.Refined>(here.Refine(loss)), Assert.IsType<Finding.Refined>(there.Refine(loss)));
            Assert.Equal((c.Before, c.After), (d.Before, d.After), Near);
            Assert.All(c.Tuned.Weights.Zip(d.Tuned.Weights), pair => Assert.Equal(pair.First, pair.Second, 1e-6));

            var start = NeuralLoss.Initialise(RandomStream.For(5, 0, 0, Purpose.NeuralLoss));
            var (e, f) = (Assert.IsType<LearnedLoss>(here.Learn(start, 1)), Assert.IsType<LearnedLoss>(there.Learn(start, 1)));
            Assert.Equal((e.Before, e.After), (f.Before, f.After), Near);
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Theory]
    [InlineData("lenet5")]
    [InlineData("resnet18")]
    public void TheMetaGradientIsThatOfTheCpu(string kind)
    {
        var device = Gpu.Require();
        int[] shape = kind == "lenet5" ? [1, 16, 16] : [3, 8, 8];
        using var here = Tasks.Make(TaskKind.Classification, 4, shape: shape);
        using var there = Tasks.Make(TaskKind.Classification, 4, shape: shape, device: device);

        var (expected, actual) = (Compute(here), Compute(there));

        Assert.Equal(expected.TaskLoss, actual.TaskLoss, 1e-9);
        Assert.All(expected.Gradient.Zip(actual.Gradient), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * (1 + Math.Abs(pair.First))));

        MetaGradient Compute(LearningTask task)
        {
            using var scope = NewDisposeScope();
            var network = NetworkFactory.Create(new NetworkSettings { Kind = kind }, task.Shape);
            using var source = new UnrolledMetaGradient(
                network, task.Shape.Link, LossFunction.Of(s_loss), new TrainingSettings { LearningRate = 0.1 }, ScalarType.Float64, task.Device);
            var inner = Enumerable.Range(0, 2).Select(i => (task.Training.Inputs[..(20 + i)], task.Training.Targets[..(20 + i)])).ToList();
            return source.Compute(
                network.Initialise(RandomStream.For(1, 2, 3, Purpose.Weights)), inner, (task.Validation.Inputs, task.Validation.Targets), default, [.. s_loss.Weights]);
        }
    }

    private static bool Near((double, double) a, (double, double) b) => Math.Abs(a.Item1 - b.Item1) < 1e-6 && Math.Abs(a.Item2 - b.Item2) < 1e-6;

    private static void AssertSame(Finding.Trained a, Finding.Trained b)
    {
        Assert.Equal((a.Diverged, a.Steps), (b.Diverged, b.Steps));
        Assert.All(a.Replicates.Zip(b.Replicates), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    private static EvaluationProtocol Protocol(string dataset, string network) => new()
    {
        Task = new TaskSettings { Dataset = dataset },
        Network = network == "mlp" ? new NetworkSettings { Kind = network, Hidden = [16] }
            : new NetworkSettings { Kind = network, Layers = ["dense 12", "batch-normalisation", "tanh", "dropout 0.2"] },
        Training = new TrainingSettings { Steps = 20, LearningRate = 0.01 },
        Filters = new FilterSettings { Steps = 100 },
        Refinement = new RefinementSettings { Steps = 3, InnerSteps = 4, Checkpoints = 1, CheckpointReplicates = 1 },
        DoublePrecision = true,
    };
}
