using LossActors.Evolution.Evaluation;
using LossActors.Expressions;
using LossActors.Expressions.Canonical;
using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using LossActors.Learning.Refinement;
using LossActors.Learning.Tests.Support;
using Xunit;

namespace LossActors.Learning.Tests.Refinement;

public sealed class PruningTests
{
    [Theory]
    [InlineData("mul(-1, mul(y, log(f)))", "mul(-1.003, mul(y, 0.9999*log(f)))")]
    [InlineData("mul(-1, mul(y, log(f)))", "add(mul(-1, mul(y, log(f))), 1e-9*tanh(1.7*y))")]
    public void WhatDoesNothingGoesAndTheFormulaGetsShorter(string expected, string tuned) =>
        Assert.Equal(Canonicalizer.Canonical(Expression.Parse(expected)), Prune(Expression.Parse(tuned), Protocol()));

    [Fact]
    public void ACoefficientWithoutWhichNetworksTrainWorseStays()
    {
        var slow = Protocol() with { Training = new TrainingSettings { Steps = 60, LearningRate = 0.002, BatchSize = 30, Momentum = 0, Nesterov = false } };
        var tuned = Canonicalizer.Canonical(Expression.Parse("mul(-50*y, log(f))"));

        Assert.Equal(tuned, Prune(tuned, slow));
    }

    [Fact]
    public void WhatIsLeftIsStillALoss()
    {
        var tuned = Canonicalizer.Canonical(Expression.Parse("mul(1e-3*y, log(1e-3*f))"));

        Assert.True(Prune(tuned, Protocol()).IsLoss);
    }

    [Fact]
    public void ARefinementPrunesWhatItKeepsAndCountsTheTrainingsThatTook()
    {
        using var task = Tasks.Make(TaskKind.Classification, 3);
        var protocol = Protocol() with { Refinement = new RefinementSettings { Steps = 4, LearningRate = 0.001, Checkpoints = 0, CheckpointReplicates = 1, Prune = true } };
        var loss = Expression.Parse("mul(-1, mul(y, log(f)))");

        var pruned = (Finding.Refined)Refine(protocol);
        var tuned = (Finding.Refined)Refine(protocol with { Refinement = protocol.Refinement with { Prune = false } });

        Assert.NotEqual(loss, tuned.Tuned);
        Assert.Equal(Canonicalizer.Canonical(loss), pruned.Tuned);
        Assert.Equal(4, tuned.TrainedSteps);
        Assert.InRange(pruned.TrainedSteps - tuned.TrainedSteps, 0, 60 * 2 * loss.Count);

        Finding Refine(EvaluationProtocol p) =>
            new Refiner([new(NetworkFactory.Create(p.Network, task.Shape), task, p)]).Refine(loss, TestContext.Current.CancellationToken);
    }

    private static Expression Prune(Expression tuned, EvaluationProtocol protocol)
    {
        using var task = Tasks.Make(TaskKind.Classification, 3);
        var trainings = new WholeTrainings([new(NetworkFactory.Create(protocol.Network, task.Shape), task, protocol)], LossFunction.Of(tuned));
        return new Pruning(trainings, 0).Prune(tuned, TestContext.Current.CancellationToken);
    }

    private static EvaluationProtocol Protocol() => new()
    {
        Network = new NetworkSettings { Kind = "mlp", Hidden = [8] },
        Training = new TrainingSettings { Steps = 60, LearningRate = 0.1, BatchSize = 30 },
        DoublePrecision = true,
    };
}
