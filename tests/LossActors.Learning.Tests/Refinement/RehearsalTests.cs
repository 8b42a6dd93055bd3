using LossActors.Evolution.Evaluation;
using LossActors.Expressions;
using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using LossActors.Learning.Refinement;
using LossActors.Learning.Tests.Support;
using LossActors.Learning.Training;
using Xunit;

namespace LossActors.Learning.Tests.Refinement;

public sealed class RehearsalTests
{
    private const string CrossEntropy = "mul(-1, mul(y, log(f)))";

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 0)]
    [InlineData(1, 1, 0)]
    public void TheLossThatTrainsBestIsKeptAndTheEarliestOfEquals(int first, int second, int best)
    {
        using var task = Tasks.Make(TaskKind.Classification, 3);
        var protocol = Protocol();
        string[] losses = ["mul(y, log(f))", CrossEntropy];
        List<LossFunction> candidates = [LossFunction.Of(Expression.Parse(losses[first])), LossFunction.Of(Expression.Parse(losses[second]))];

        var outcome = Rehearsal(task, protocol, candidates[0]).Choose(candidates, TestContext.Current.CancellationToken);

        Assert.Equal(candidates[best], outcome.Kept);
        Assert.Equal(best == 0, outcome.Before == outcome.After);
        Assert.True(outcome.After <= outcome.Before, outcome.ToString());
    }

    [Fact]
    public void ALossThatDivergesNeverWins()
    {
        using var task = Tasks.Make(TaskKind.Regression, 0);
        var explodes = LossFunction.Of(Expression.Parse("mul(-1, square(square(square(sub(y, f)))))"));
        var good = LossFunction.Of(Expression.Parse("square(sub(y, f))"));

        var outcome = Rehearsal(task, Protocol(), explodes).Choose([explodes, good], TestContext.Current.CancellationToken);

        Assert.Equal(good, outcome.Kept);
        Assert.Equal(double.PositiveInfinity, outcome.Before);
    }

    [Fact]
    public void ATuningThatRunsAwayIsNotFollowed()
    {
        using var task = Tasks.Make(TaskKind.Classification, 3);
        var protocol = Protocol() with { Refinement = new RefinementSettings { Steps = 8, LearningRate = 1000, Checkpoints = 2 } };
        var loss = Expression.Parse(CrossEntropy);
        var blind = protocol with { Refinement = protocol.Refinement with { Checkpoints = 0 } };

        var kept = Assert.IsType<Finding.Refined>(Refine(protocol));
        var last = Assert.IsType<Finding.Refined>(Refine(blind));

        Assert.NotEqual(loss, last.Tuned);
        Assert.Equal(loss, kept.Tuned);
        Assert.Equal(kept.Before, kept.After);

        // Taken untried, it costs its eight inner steps and no whole training, and nobody knows what it brought.
        Assert.Equal((8L, double.NaN, double.NaN), (last.TrainedSteps, last.Before, last.After));

        Finding Refine(EvaluationProtocol p) =>
            new Refiner([new(NetworkFactory.Create(p.Network, task.Shape), task, p)]).Refine(loss, TestContext.Current.CancellationToken);
    }

    private static Rehearsal Rehearsal(LearningTask task, EvaluationProtocol protocol, LossFunction untuned) =>
        new(new WholeTrainings([new(NetworkFactory.Create(protocol.Network, task.Shape), task, protocol)], untuned), prune: false);

    private static EvaluationProtocol Protocol() => new()
    {
        Network = new NetworkSettings { Kind = "mlp", Hidden = [8] },
        Training = new TrainingSettings { Steps = 60, LearningRate = 0.1, BatchSize = 30 },
        DoublePrecision = true,
    };
}
