using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Racing;
using LossActors.Expressions;
using LossActors.Learning.Laboratory;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using LossActors.Learning.Tests.Support;
using LossActors.Learning.Training;
using TorchSharp;
using Xunit;

namespace LossActors.Learning.Tests.Laboratory;

public sealed class BenchTests
{
    private const string CrossEntropy = "mul(-1, mul(y, log(f)))";
    private const string Explosive = "mul(-1, square(square(square(sub(y, f)))))";

    [Theory]
    [InlineData("digits", "mlp", CrossEntropy, 0.1)]
    [InlineData("digits", "linear", "square(sub(y, f))", 0.1)]
    [InlineData("breast-cancer", "mlp", "square(sub(y, f))", 0.1)]
    [InlineData("diabetes", "linear", "square(sub(y, f))", 0.75)]
    public void ALossThatMakesSenseTrainsANetwork(string dataset, string network, string loss, double bound)
    {
        using var bench = Bench.Open(Protocol(dataset, network), "cpu");

        var trained = Assert.IsType<Finding.Trained>(bench.Train(Expression.Parse(loss), 0, 2));

        Assert.False(trained.Diverged);
        Assert.Equal(2, trained.Replicates.Length);
        Assert.Equal(600, trained.Steps);
        Assert.InRange(trained.Fitness, 0, bound);
    }

    [Fact]
    public void AFitnessIsTheSameBitForBitWhateverWasComputedBefore()
    {
        var loss = Expression.Parse(CrossEntropy);
        using var first = Bench.Open(Protocol("digits", "mlp"), "cpu");
        using var second = Bench.Open(Protocol("digits", "mlp"), "cpu");
        second.Train(Expression.Parse("square(sub(y, f))"), 3, 1);
        second.Refine(loss);

        var (a, b) = ((Finding.Trained)first.Train(loss, 1, 2), (Finding.Trained)second.Train(loss, 1, 2));
        var (c, d) = ((Finding.Screened)first.Screen(loss), (Finding.Screened)second.Screen(loss));
        var (e, f) = ((Finding.Refined)first.Refine(loss), (Finding.Refined)second.Refine(loss));

        Assert.Equal(a.Replicates, b.Replicates);
        Assert.Equal((c.Gate, c.Fingerprint), (d.Gate, d.Fingerprint));
        Assert.Equal((e.Tuned, e.Before, e.After), (f.Tuned, f.Before, f.After));
    }

    [Theory]
    [InlineData("breast-cancer", "linear")]
    [InlineData("diabetes", "linear")]
    public void CandidatesTrainedTogetherAreFoundAsEachAlone(string dataset, string network)
    {
        // In double: 300 steps of float let a rounding in the sixth digit grow until a borderline instance changes its class.
        using var bench = Bench.Open(Protocol(dataset, network) with { DoublePrecision = true }, "cpu");
        Expression[] losses = [.. new[] { "log(add(1, square(sub(y, f))))", "square(sub(y, f))", "abs(sub(y, f))", Explosive }.Select(l => Expression.Parse(l))];

        var together = bench.Train([.. losses.Select(loss => new Entrant(loss))], 0, 2).Cast<Finding.Trained>().ToList();
        var alone = losses.Select(loss => (Finding.Trained)bench.Train(loss, 0, 2)).ToList();

        Assert.Equal(dataset == "diabetes", alone[^1].Diverged);
        Assert.Equal(alone.Select(f => (f.Diverged, f.Steps)), together.Select(f => (f.Diverged, f.Steps)));
        Assert.All(alone.Zip(together), pair => Assert.Equal(pair.First.Fitness, pair.Second.Fitness, 1e-9));
    }

    [Fact]
    public void ACandidateAboveItsBarStopsThereAndTheOthersGoOnAsIfAlone()
    {
        using var bench = Bench.Open(Protocol("breast-cancer", "linear") with { DoublePrecision = true }, "cpu");
        var square = Expression.Parse("square(sub(y, f))");

        var findings = bench.Train(
            [
                new Entrant(square) { Rungs = [new(4, null), new(1, null)] },
                new Entrant(Expression.Parse("abs(sub(y, f))")) { Rungs = [new(4, -1), new(1, null)] },
                new Entrant(square) { Rungs = [new(4, 1), new(1, -1)] },
            ],
            0,
            2).Cast<Finding.Trained>().ToList();

        Assert.Equal([false, true, true], findings.Select(f => f.IsStopped));
        Assert.Equal([600, 75, 300], findings.Select(f => f.Steps));
        Assert.Equal([0, 525, 300], findings.Select(f => f.SavedSteps));
        Assert.Equal([2, 1, 2], findings.Select(f => f.Curve.Length));
        Assert.Equal(findings[1].Curve[0], findings[1].Fitness);
        Assert.Equal(findings[0].Replicates[0], findings[0].Curve[1]);
        Assert.Equal(((Finding.Trained)bench.Train(square, 0, 2)).Fitness, findings[0].Fitness, 1e-9);
    }

    [Fact]
    public void WhereNoOtherReplicateFollowsTheLastRungStopsNobody()
    {
        using var bench = Bench.Open(Protocol("breast-cancer", "linear"), "cpu");
        var trained = (Finding.Trained)bench.Train([new Entrant(Expression.Parse("square(sub(y, f))")) { Rungs = [new(1, -1)] }], 0, 1)[0];
        Assert.False(trained.IsStopped);
        Assert.Equal(trained.Curve[0], trained.Replicates[0]);
    }

    [Fact]
    public void BaselinesTrainedTogetherKeepTheirLearningRates()
    {
        using var bench = Bench.Open(Protocol("digits", "linear"), "cpu");

        var together = bench.TrainBaseline([0.001, 0.1], 0, 1).Cast<Finding.Trained>().ToList();

        Assert.Equal([bench.TrainBaseline([0.001], 0, 1)[0], bench.TrainBaseline([0.1], 0, 1)[0]], together, Same);
        Assert.NotEqual(together[0].Fitness, together[1].Fitness);

        static bool Same(Finding a, Finding b) => Math.Abs(((Finding.Trained)a).Fitness - ((Finding.Trained)b).Fitness) < 0.01;
    }

    [Fact]
    public void OnlySmallDenseNetworksAreWorthTrainingTogether()
    {
        using var small = Bench.Open(Protocol("digits", "mlp"), "cpu");
        using var large = Bench.Open(Protocol("digits", "mlp") with { Network = new() { Kind = "mlp", Hidden = [2000, 2000] } }, "cpu");
        using var plain = Bench.Open(Protocol("digits", "mlp") with { Path = TrainingPath.Plain }, "cpu");

        Assert.InRange(small.LargestCohort, 16, 64);
        Assert.Equal((1, 1), (large.LargestCohort, plain.LargestCohort));
    }

    [Fact]
    public void ReplicatesDifferAndAreCountedOn()
    {
        using var bench = Bench.Open(Protocol("digits", "linear"), "cpu");
        var loss = Expression.Parse(CrossEntropy);

        var both = ((Finding.Trained)bench.Train(loss, 0, 2)).Replicates;
        var second = ((Finding.Trained)bench.Train(loss, 1, 1)).Replicates;

        Assert.Equal(both[1], second[0]);
        Assert.NotEqual(both[0], both[1]);
    }

    [Fact]
    public void ALossThatExplodesDivergesAtOnce()
    {
        using var bench = Bench.Open(Protocol("diabetes", "linear"), "cpu");

        var trained = (Finding.Trained)bench.Train(Expression.Parse(Explosive), 0, 2);

        Assert.True(trained.Diverged);
        Assert.Empty(trained.Replicates);
        Assert.Equal(double.PositiveInfinity, trained.Fitness);
        Assert.InRange(trained.Steps, 1, 299);
    }

    [Theory]
    [InlineData(TrainingPath.Automatic)]
    [InlineData(TrainingPath.Plain)]
    [InlineData(TrainingPath.Batched)]
    public void NoTensorIsLeftBehind(TrainingPath path)
    {
        var protocol = Protocol("breast-cancer", "mlp") with { Path = path };
        using (Bench.Open(protocol, "cpu"))
        {
            // Torch's own lazily made tensors come into being.
        }

        var before = LiveTensors.Settled();
        using (var bench = Bench.Open(protocol, "cpu"))
        {
            var loaded = torch.Tensor.TotalCount;
            var loss = Expression.Parse("mul(0.9, add(0.5*square(sub(y, f)), tanh(mul(y, f))))");
            for (var i = 0; i < 3; i++)
            {
                bench.Screen(loss);
                bench.Train(loss, i, 1);
                bench.Train([new(loss), new(Expression.Parse(CrossEntropy)) { Rungs = [new(2, -1)] }, new(Expression.Parse(Explosive))], i, 1);
                bench.TrainBaseline([0.1], i, 1);
                bench.Refine(loss);
                Assert.Equal(loaded, torch.Tensor.TotalCount);
            }
        }

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void ACancelledTrainingThrowsAndLeavesNoTensor()
    {
        using var bench = Bench.Open(Protocol("digits", "mlp"), "cpu");
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var before = LiveTensors.Settled();
        var loss = Expression.Parse(CrossEntropy);

        Assert.Throws<OperationCanceledException>(() => bench.Train(loss, 0, 1, cancelled.Token));
        Assert.Throws<OperationCanceledException>(() => bench.Screen(loss, cancelled.Token));
        Assert.Throws<OperationCanceledException>(() => bench.Refine(loss, cancelled.Token));

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void ANetworkThatDoesNotFitTheTaskIsRefused()
    {
        var error = Assert.Throws<NetworkException>(() => Bench.Open(Protocol("diabetes", "lenet5"), "cpu"));

        Assert.Contains("lenet5 needs images", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static EvaluationProtocol Protocol(string dataset, string network) => new()
    {
        Task = new TaskSettings { Dataset = dataset },
        Network = new NetworkSettings { Kind = network, Hidden = [32] },
        Training = new TrainingSettings { Steps = 300 },
        Filters = new FilterSettings { Steps = 200 },
        Refinement = new RefinementSettings { Steps = 20 },
    };
}
