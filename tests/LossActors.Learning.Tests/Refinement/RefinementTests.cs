using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Randomness;
using LossActors.Expressions;
using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using LossActors.Learning.Refinement;
using LossActors.Learning.Tests.Support;
using LossActors.Learning.Training;
using Xunit;
using static TorchSharp.torch;

namespace LossActors.Learning.Tests.Refinement;

public sealed class RefinementTests
{
    private static readonly Expression s_explodes = Expression.Parse("square(square(square(square(square(1e30*sub(y, f))))))");

    public static TheoryData<TaskKind, int, string, Activation, bool, int, RefinementObjective> Descents { get; } = new(
        from activation in new[] { Activation.Tanh, Activation.Relu }
        from steps in new[] { 1, 2, 7 }
        from problem in new (TaskKind, int, string, bool, RefinementObjective)[]
        {
            (TaskKind.Classification, 4, "mul(-0.9, mul(y, 1.1*log(0.8*f)))", true, RefinementObjective.TaskLoss),
            (TaskKind.Classification, 4, "square(square(sub(0.7*y, 1.2*f)))", false, RefinementObjective.CalibratedTaskLoss),
            (TaskKind.Classification, 2, "add(tanh(0.7*sub(y, 1.2*f)), square(sub(y, f)))", true, RefinementObjective.CalibratedTaskLoss),
            (TaskKind.Regression, 0, "div(square(1.3*sub(y, 0.9*f)), 0.5*add(y, sqrt(f)))", false, RefinementObjective.TaskLoss),
        }
        select new TheoryDataRow<TaskKind, int, string, Activation, bool, int, RefinementObjective>(
            problem.Item1, problem.Item2, problem.Item3, activation, problem.Item4, steps, problem.Item5));

    [Theory]
    [MemberData(nameof(Descents))]
    public void TheCompiledMetaGradientIsTheUnrolledOne(
        TaskKind kind, int classes, string loss, Activation activation, bool nesterov, int steps, RefinementObjective objective)
    {
        using var task = Tasks.Make(kind, classes);
        using var scope = NewDisposeScope();
        var network = new DenseNetwork([5, 7, 6, task.Shape.Outputs], activation);
        var expression = Expression.Parse(loss);
        var settings = new TrainingSettings { LearningRate = 0.1, Momentum = 0.9, Nesterov = nesterov, WeightDecay = 0.01, Milestones = [2, 4], Decay = 0.7 };
        var initial = network.Initialise(RandomStream.For(1, 2, 3, Purpose.Weights));
        var inner = Enumerable.Range(0, steps).Select(i => (task.Training.Inputs.roll(7 * i, 0)[..30], task.Training.Targets.roll(7 * i, 0)[..30])).ToList();
        var outer = (task.Validation.Inputs, task.Validation.Targets);
        using var compiled = MetaGradientSources.Create(
            new Unrolling(network, task.Shape.Link, [LossFunction.Of(expression)], settings, 30, 60, objective), steps, ScalarType.Float64, CPU);
        using var unrolled = new UnrolledMetaGradient(network, task.Shape.Link, LossFunction.Of(expression), settings, ScalarType.Float64, CPU, objective);

        var a = compiled.Compute(initial, inner, outer, default, [[.. expression.Weights]])[0];
        var b = unrolled.Compute(initial, inner, outer, default, expression.Weights.AsSpan());

        var largest = b.Gradient.Max(Math.Abs);
        Assert.NotEqual(0, largest);
        Assert.Equal(b.TaskLoss, a.TaskLoss, 1e-12);
        Assert.All(a.Gradient.Zip(b.Gradient), pair => Assert.Equal(pair.First / largest, pair.Second / largest, 1e-10));
    }

    // One inner step at the paper's rates, with and without weight decay, and a whole training at those of the default experiment.
    [Theory]
    [InlineData(1, 0.01, 0, RefinementObjective.TaskLoss)]
    [InlineData(1, 0.01, 5e-4, RefinementObjective.TaskLoss)]
    [InlineData(150, 0.1, 5e-4, RefinementObjective.CalibratedTaskLoss)]
    public void UnderTheSettingsThatExperimentsRefineWithTheMetaGradientIsTheUnrolledOne(
        int steps, double learningRate, double weightDecay, RefinementObjective objective)
    {
        using var task = Tasks.Make(TaskKind.Classification, 4);
        using var scope = NewDisposeScope();
        var network = new DenseNetwork([5, 7, 4], Activation.Relu);
        var loss = LossFunction.Of(Expression.Parse("add(mul(-0.9, mul(y, log(0.8*f))), 0.1*square(sub(y, f)))"));
        var settings = new TrainingSettings { LearningRate = learningRate, WeightDecay = weightDecay };
        var initial = network.Initialise(RandomStream.For(1, 2, 3, Purpose.Weights));
        var inner = Enumerable.Range(0, steps).Select(i => (task.Training.Inputs.roll(7 * i, 0)[..30], task.Training.Targets.roll(7 * i, 0)[..30])).ToList();
        using var chosen = MetaGradientSources.Create(
            new Unrolling(network, task.Shape.Link, [loss], settings, 30, 60, objective), steps, ScalarType.Float64, CPU);
        using var unrolled = new UnrolledMetaGradient(network, task.Shape.Link, loss, settings, ScalarType.Float64, CPU, objective);

        var a = chosen.Compute(initial, inner, (task.Validation.Inputs, task.Validation.Targets), default, [[.. loss.Parameters]])[0];
        var b = unrolled.Compute(initial, inner, (task.Validation.Inputs, task.Validation.Targets), default, loss.Parameters.AsSpan());

        var largest = b.Gradient.Max(Math.Abs);
        Assert.NotEqual(0, largest);
        Assert.Equal(b.TaskLoss, a.TaskLoss, 1e-9);
        Assert.All(a.Gradient.Zip(b.Gradient), pair => Assert.Equal(pair.First / largest, pair.Second / largest, 1e-8));
    }

    [Fact]
    public void TheMetaGradientIsTheSlopeOfTheTaskLoss()
    {
        using var task = Tasks.Make(TaskKind.Classification, 3);
        using var scope = NewDisposeScope();
        var network = new DenseNetwork([5, 6, 3], Activation.Tanh);
        var expression = Expression.Parse("add(square(sub(y, 1.2*f)), 0.4*tanh(mul(y, f)))");
        var initial = network.Initialise(RandomStream.For(1, 2, 3, Purpose.Weights));
        var batches = Enumerable.Repeat((task.Training.Inputs, task.Training.Targets), 3).ToList();
        using var unrolled = new UnrolledMetaGradient(
            network, task.Shape.Link, LossFunction.Of(expression), new TrainingSettings { LearningRate = 0.1 }, ScalarType.Float64, CPU);
        double[] w = [.. expression.Weights];
        MetaGradient At(int node, double shift)
        {
            double[] moved = [.. w];
            moved[node] += shift;
            return unrolled.Compute(initial, batches, (task.Validation.Inputs, task.Validation.Targets), default, moved);
        }

        for (var node = 1; node < w.Length; node++)
        {
            var slope = (At(node, 1e-5).TaskLoss - At(node, -1e-5).TaskLoss) / 2e-5;
            Assert.Equal(slope, At(node, 0).Gradient[node], 1e-8);
        }
    }

    [Theory]
    [InlineData(1, "mlp")]
    [InlineData(2, "linear")]
    public void RefinementLowersTheTaskLossAndLeavesTheRootAlone(int innerSteps, string kind)
    {
        using var task = Tasks.Make(TaskKind.Classification, 3);
        var protocol = Protocol(kind, innerSteps, 60);
        var network = NetworkFactory.Create(protocol.Network, task.Shape);
        var loss = Expression.Parse("0.5*mul(-1, mul(y, log(f)))");

        var refined = Assert.IsType<Finding.Refined>(new Refiner([new(network, task, protocol)]).Refine(loss, TestContext.Current.CancellationToken));

        // The tuning's inner steps, and no whole training where none is to choose.
        Assert.Equal((60, 60L * innerSteps), (refined.Steps, refined.TrainedSteps));
        Assert.Equal(0.5, refined.Tuned[0].Coefficient);
        Assert.True(TaskLoss(refined.Tuned) < TaskLoss(loss), refined.ToString());

        double TaskLoss(Expression expression)
        {
            using var scope = NewDisposeScope();
            using var unrolled = new UnrolledMetaGradient(network, task.Shape.Link, LossFunction.Of(expression), protocol.Training, ScalarType.Float64, CPU);
            var inner = Enumerable.Repeat((task.Training.Inputs, task.Training.Targets), innerSteps).ToList();
            return Enumerable.Range(0, 10).Average(i => unrolled.Compute(
                network.Initialise(RandomStream.For(9, (ulong)i, 0, Purpose.Weights)),
                inner,
                (task.Validation.Inputs, task.Validation.Targets),
                default,
                expression.Weights.AsSpan()).TaskLoss);
        }
    }

    [Fact]
    public void TheCompiledRefinementIsThePlainOne()
    {
        using var task = Tasks.Make(TaskKind.Classification, 3);
        var protocol = Protocol("mlp", 1, 20);
        var network = NetworkFactory.Create(protocol.Network, task.Shape);
        var loss = Expression.Parse("square(sub(y, f))");

        var a = (Finding.Refined)new Refiner([new(network, task, protocol)]).Refine(loss, TestContext.Current.CancellationToken);
        var b = (Finding.Refined)new Refiner([new(network, task, protocol with { Path = TrainingPath.Plain })]).Refine(loss, TestContext.Current.CancellationToken);

        Assert.All(a.Tuned.Weights.Zip(b.Tuned.Weights), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        Assert.Equal(a.After, b.After, 1e-9);
    }

    [Fact]
    public void NoInnerStepsMeansThoseOfTheTraining()
    {
        using var task = Tasks.Make(TaskKind.Classification, 3);
        var network = new DenseNetwork([5, 3], Activation.Relu);
        var (whole, spelled) = (Protocol("linear", 0, 2), Protocol("linear", 7, 2));
        var training = whole.Training with { Steps = 7 };
        var a = new Refiner([new(network, task, whole with { Training = training })]).Refine(Expression.Parse("square(sub(y, f))"), CancellationToken.None);
        var b = new Refiner([new(network, task, spelled with { Training = training })]).Refine(Expression.Parse("square(sub(y, f))"), CancellationToken.None);
        Assert.Equal(Assert.IsType<Finding.Refined>(b).Tuned.Weights, Assert.IsType<Finding.Refined>(a).Tuned.Weights);
    }

    [Fact]
    public void ALossWithoutAFiniteMetaGradientFailsInOneLine()
    {
        using var task = Tasks.Make(TaskKind.Regression, 0);
        var protocol = Protocol("linear", 3, 20);
        var network = NetworkFactory.Create(protocol.Network, task.Shape);

        var failed = Assert.IsType<Finding.Failed>(new Refiner([new(network, task, protocol)]).Refine(s_explodes, TestContext.Current.CancellationToken));

        Assert.Equal((false, 3), (failed.Poisonous, failed.TrainedSteps));
        Assert.DoesNotContain('\n', failed.Reason);
    }

    // In double precision twenty meta steps blow a product's last digits up to 1e-12 or so, not to more.
    [Theory]
    [InlineData("linear", 1)]
    [InlineData("mlp", 1)]
    [InlineData("mlp", 4)]
    [InlineData("lenet5", 1)]
    [InlineData("layers", 2)]
    public void LossesRefinedTogetherGetWhatEachWouldHaveGotAlone(string kind, int innerSteps)
    {
        using var task = Tasks.Make(TaskKind.Classification, 3, shape: kind == "lenet5" ? [1, 16, 16] : [5]);
        var protocol = Protocol(kind, innerSteps, kind is "lenet5" or "layers" ? 3 : 20);
        protocol = protocol with { Training = protocol.Training with { Steps = 10 }, Refinement = protocol.Refinement with { Checkpoints = 2 } };
        var refiner = new Refiner([new(NetworkFactory.Create(protocol.Network, task.Shape), task, protocol)]);
        List<Expression> losses = [Expression.Parse("square(sub(y, f))"), s_explodes, Expression.Parse("mul(-1, mul(y, log(f)))")];

        var together = refiner.RefineCohort(losses, TestContext.Current.CancellationToken);

        Assert.IsType<Finding.Failed>(together[1]);
        foreach (var i in new[] { 0, 2 })
        {
            var (a, b) = ((Finding.Refined)together[i], (Finding.Refined)refiner.Refine(losses[i], TestContext.Current.CancellationToken));
            Assert.All(a.Tuned.Weights.Zip(b.Tuned.Weights), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
            Assert.Equal((b.Steps, b.Before), (a.Steps, a.Before));
        }
    }

    [Fact]
    public void MoreLossesThanMemoryAllowsAtATimeAreAllRefined()
    {
        using var task = Tasks.Make(TaskKind.Regression, 0);
        var protocol = Protocol("linear", 1, 2) with { Training = new TrainingSettings { Steps = 5, BatchSize = 30 } };
        var refiner = new Refiner([new(NetworkFactory.Create(protocol.Network, task.Shape), task, protocol)]);
        var losses = Enumerable.Range(1, refiner.LargestCohort + 1).Select(i => Expression.Parse($"square(sub(y, {1 + (0.01 * i):R}*f))")).ToList();

        var findings = refiner.RefineCohort(losses, TestContext.Current.CancellationToken);

        Assert.Equal(losses.Count, findings.OfType<Finding.Refined>().Select(finding => finding.Tuned).Distinct().Count());
        var last = (Finding.Refined)refiner.Refine(losses[^1], TestContext.Current.CancellationToken);
        Assert.All(last.Tuned.Weights.Zip(((Finding.Refined)findings[^1]).Tuned.Weights), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void ATuningWithoutProgressEndsAtThePlateauAndTheOthersGoOn()
    {
        using var task = Tasks.Make(TaskKind.Classification, 3);
        var protocol = Protocol("linear", 20, 60);
        var impatient = protocol with
        {
            Training = protocol.Training with { Steps = 5, BatchSize = 60 },
            Refinement = protocol.Refinement with { Patience = 6, LearningRate = 0.02 },
        };
        var refiner = new Refiner([new(NetworkFactory.Create(protocol.Network, task.Shape), task, impatient)]);

        // A coefficient far below what any gradient reaches through: the slope of its hyperbolic tangent is 0.
        List<Expression> losses = [Expression.Parse("tanh(1e3*square(square(add(1, square(1e2*sub(y, f))))))"), Expression.Parse("mul(-1, mul(y, log(f)))")];
        var findings = refiner.RefineCohort(losses, TestContext.Current.CancellationToken).Cast<Finding.Refined>().ToList();

        Assert.InRange(findings[0].Steps, 12, 50);
        Assert.True(findings[0].Steps < findings[1].Steps, $"{findings[0]} {findings[1]}");
    }

    private static EvaluationProtocol Protocol(string kind, int innerSteps, int steps) => new()
    {
        Network = new NetworkSettings { Kind = kind, Hidden = [8], Layers = ["dense 6", "batch-normalisation", "tanh", "dropout 0.2"] },
        Training = new TrainingSettings { LearningRate = 0.1, BatchSize = 30 },
        Refinement = new RefinementSettings { Steps = steps, InnerSteps = innerSteps, LearningRate = 0.05, Checkpoints = 0 },
        DoublePrecision = true,
    };
}
