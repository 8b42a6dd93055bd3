using LossActors.Expressions;
using LossActors.Learning.Losses;
using LossActors.Learning.MetaTesting;
using LossActors.Learning.Protocols;
using Xunit;

namespace LossActors.Learning.Tests.MetaTesting;

public sealed class MetaTestTests
{
    private static readonly MetaTestSettings s_settings = new() { Seeds = 3, TuningSeeds = 1, LearningRates = [0.01, 0.1] };

    [Fact]
    public void ABadLossIsSignificantlyWorseThanTheTaskLoss()
    {
        var progress = new List<MetaTestProgress>();

        var report = MetaTest.Run(
            Loss("mul(y, f)"), Protocol("digits"), s_settings with { Seeds = 5 }, progress: new Reporter(progress), cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(("digits", "linear", "error rate"), (report.Dataset, report.Network, report.Metric));
        Assert.InRange(report.Baseline.Mean.Mean!.Value, 0, 0.2);
        Assert.True(report.Comparison.Difference.Low > 0.3, report.ToString());
        Assert.InRange(report.Comparison.TTest!.Value, 0, 0.001);
        Assert.Equal(0.0625, report.Comparison.Wilcoxon!.Value, 1e-12);
        Assert.Null(report.Learned.MeanInTargetUnit);
        Assert.Equal(new MetaTestProgress(12, 12), progress[^1]);
    }

    [Fact]
    public void TheTaskLossWrittenAsATreeComparesEqualAtTheSameRate()
    {
        var settings = s_settings with { LearningRates = [0.01] };

        var report = MetaTest.Run(
            Loss("square(sub(y, f))"), Protocol("diabetes"), settings, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal("mean squared error", report.Metric);
        Assert.Equal(0, report.Comparison.Difference.Mean!.Value, 1e-4);
        Assert.InRange(report.Learned.MeanInTargetUnit!.Mean!.Value, 1500, 6000);
    }

    [Fact]
    public void AMetaTestRepeatsItself()
    {
        var (a, b) = (Run(), Run());

        Assert.Equal(a.Learned.Errors, b.Learned.Errors);
        Assert.Equal(a.Tuning, b.Tuning);
        static MetaTestReport Run() => MetaTest.Run(
            Loss("abs(sub(y, f))"), Protocol("breast-cancer"), s_settings, cancellation: TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("mlp", "")]
    [InlineData("layers", "dense 16, relu, dense 8, tanh")]
    public void TheErrorsAreTheSameOnAnyNumberOfThreads(string network, string layers)
    {
        var protocol = Protocol("digits") with { Network = new NetworkSettings { Kind = network, Hidden = [8], Layers = layers.Length == 0 ? [] : [.. layers.Split(", ")] } };

        var (one, four) = (Run(1), Run(4));

        Assert.Equal(one.Report.Learned.Errors, four.Report.Learned.Errors);
        Assert.Equal(one.Report.Baseline.Errors, four.Report.Baseline.Errors);
        Assert.Equal(one.Report.Tuning, four.Report.Tuning);
        Assert.Equal(one.Progress, four.Progress);
        (MetaTestReport Report, List<MetaTestProgress> Progress) Run(int threads)
        {
            var progress = new List<MetaTestProgress>();
            var report = MetaTest.Run(
                Loss("square(sub(y, f))"), protocol, s_settings with { Seeds = 8 }, threads: threads, progress: new Reporter(progress), cancellation: TestContext.Current.CancellationToken);
            return (report, progress);
        }
    }

    [Fact]
    public void AMetaTestThatIsCancelledSaysSo()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var progress = new Reporter([], cancellation.Cancel);

        Assert.ThrowsAny<OperationCanceledException>(
            () => MetaTest.Run(Loss("square(sub(y, f))"), Protocol("digits"), s_settings with { Seeds = 8 }, threads: 4, progress: progress, cancellation: cancellation.Token));
    }

    // A hundred times the squared error at a hundredth of the rate is the squared error, weight decay aside.
    [Fact]
    public void AHiddenLearningRateShowsAsScaleAndGoesByTuning()
    {
        var settings = s_settings with { LearningRates = [0.0001, 0.01], TuneLoss = true };
        var protocol = Protocol("diabetes");
        protocol = protocol with { Training = protocol.Training with { WeightDecay = 0 } };

        var report = MetaTest.Run(Loss("100*square(sub(y, f))"), protocol, settings, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(100, report.Scale, 1e-9);
        Assert.Equal((0.0001, 0.01, 0.01), (report.Learned.LearningRate, report.Baseline.LearningRate, report.Untuned!.LearningRate));
        Assert.Equal(0, report.Comparison.Difference.Mean!.Value, 1e-4);
        Assert.Equal(3, report.Untuned!.Diverged);
        Assert.Equal(2, report.LossTuning.Length);
    }

    [Fact]
    public void ARescaledLossTakesTheStepsOfTheTaskLossThatItIsAMultipleOf()
    {
        var settings = s_settings with { LearningRates = [0.01], Rescale = true };

        var report = MetaTest.Run(Loss("10*square(sub(y, f))"), Protocol("diabetes"), settings, cancellation: TestContext.Current.CancellationToken);

        Assert.True(report.IsRescaled);
        Assert.Equal((0.01, 10), (report.Learned.LearningRate, Math.Round(report.Scale, 9)));
        Assert.All(report.Learned.Errors.Zip(report.Baseline.Errors), pair => Assert.Equal(pair.Second, pair.First, 1e-4));
    }

    private static LossFunction Loss(string text) => LossFunction.Of(Expression.Parse(text));

    private static EvaluationProtocol Protocol(string dataset) => new()
    {
        Task = new TaskSettings { Dataset = dataset },
        Network = new NetworkSettings { Kind = "linear" },
        Training = new TrainingSettings { Steps = 150 },
    };

    private sealed class Reporter(List<MetaTestProgress> reports, Action? reported = null) : IProgress<MetaTestProgress>
    {
        public void Report(MetaTestProgress value)
        {
            reports.Add(value);
            reported?.Invoke();
        }
    }
}
