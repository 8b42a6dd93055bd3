using LossActors.Evolution.Evaluation;
using LossActors.Expressions;
using LossActors.Learning.Laboratory;
using LossActors.Learning.Protocols;
using Xunit;

namespace LossActors.Learning.Tests.Laboratory;

public sealed class ImageBenchTests
{
    [Theory]
    [InlineData("linear", 0.5)]
    [InlineData("lenet5", 0.7)]
    public void FashionMnistTrainsScreensAndRefines(string network, double bound)
    {
        Assert.SkipUnless(
            Directory.Exists("/usr/share/datasets/fashion-mnist"), "Debian's package dataset-fashion-mnist is not installed.");
        var protocol = new EvaluationProtocol
        {
            Task = new TaskSettings { Dataset = "fashion-mnist", Limit = 800 },
            Network = new NetworkSettings { Kind = network },
            Training = new TrainingSettings { Steps = 60, BatchSize = 64, LearningRate = 0.05 },
            Filters = new FilterSettings { Steps = 100 },
            Refinement = new RefinementSettings { Steps = 3, Checkpoints = 0 },
        };
        using var bench = Bench.Open(protocol, "cpu");
        var loss = Expression.Parse("mul(-1, mul(y, log(f)))");

        var screened = (Finding.Screened)bench.Screen(loss, TestContext.Current.CancellationToken);
        var trained = (Finding.Trained)bench.Train(loss, 0, 1, TestContext.Current.CancellationToken);
        var refined = (Finding.Refined)bench.Refine(loss, TestContext.Current.CancellationToken);

        Assert.Equal(Gate.Passed, screened.Gate);
        Assert.InRange(trained.Fitness, 0, bound);
        Assert.Equal(3, refined.Steps);
        Assert.NotEqual(loss, refined.Tuned);
    }
}
