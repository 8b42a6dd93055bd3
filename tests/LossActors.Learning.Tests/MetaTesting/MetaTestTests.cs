using LossActors.Expressions;
using LossActors.Learning.MetaTesting;
using LossActors.Learning.Protocols;
using Xunit;

namespace LossActors.Learning.Tests.MetaTesting;

public sealed class MetaTestTests
{
    private static readonly MetaTestSettings s_settings = new() { Seeds = 3, TuningSeeds = 1, BaselineLearningRates = [0.01, 0.1] };

    [Fact]
    public void ABadLossIsSignificantlyWorseThanTheTaskLoss()
    {
        var progress = new List<MetaTestProgress>();

        var report = MetaTest.Run(
            Expression.Parse("mul(y, f)"), Protocol("digits"), s_settings with { Seeds = 5 }, progress: new Reporter(progress), cancellation: TestContext.Current.CancellationToken);

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
        var settings = s_settings with { BaselineLearningRates = [0.01] };

        var report = MetaTest.Run(
            Expression.Parse("square(sub(y, f))"), Protocol("diabetes"), settings, cancellation: TestContext.Current.CancellationToken);

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
            Expression.Parse("abs(sub(y, f))"), Protocol("breast-cancer"), s_settings, cancellation: TestContext.Current.CancellationToken);
    }

    private static EvaluationProtocol Protocol(string dataset) => new()
    {
        Task = new TaskSettings { Dataset = dataset },
        Network = new NetworkSettings { Kind = "linear" },
        Training = new TrainingSettings { Steps = 150 },
    };

    private sealed class Reporter(List<MetaTestProgress> reports) : IProgress<MetaTestProgress>
    {
        public void Report(MetaTestProgress value) => reports.Add(value);
    }
}
