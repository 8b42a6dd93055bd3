using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Racing;
using LossActors.Expressions;
using LossActors.Learning.Laboratory;
using LossActors.Learning.Protocols;
using Xunit;

namespace LossActors.Learning.Tests.Laboratory;

public sealed class SeveralTasksTests
{
    private static readonly Expression s_square = Expression.Parse("square(sub(y, f))");
    private static readonly FurtherTask s_diabetes = new()
    {
        Task = new() { Dataset = "diabetes" },
        Network = new() { Kind = "linear" },
        Training = new() { Steps = 40, LearningRate = 0.05, BatchSize = 60 },
        Weight = 3,
    };

    private static readonly EvaluationProtocol s_digits = new()
    {
        Task = new() { Dataset = "digits", Limit = 400 },
        Network = new() { Kind = "linear" },
        Training = new() { Steps = 30, LearningRate = 0.1, BatchSize = 60 },
        Filters = new() { Steps = 50 },
        Refinement = new() { Steps = 5, LearningRate = 0.02, Checkpoints = 2, CheckpointReplicates = 2 },
    };

    private static readonly EvaluationProtocol s_both = s_digits with { FurtherTasks = [s_diabetes] };

    [Fact]
    public void FitnessIsTheWeightedMeanOfTheErrorsOnAllTasks()
    {
        var (main, further) = (Train(s_digits), Train(s_digits.On(s_diabetes)));

        var both = Train(s_both);

        Assert.Equal([0.25, 0.25], both.Replicates.Select((fitness, i) => (fitness - (0.75 * further.Replicates[i])) / main.Replicates[i]), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal([main.Fitness, further.Fitness], both.TaskErrors, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal((2 * (30 + 40), s_both.FullSteps * 2), (both.Steps, both.Steps));
        Assert.Empty(main.TaskErrors);
    }

    [Fact]
    public void RelativeErrorsAreThoseOfAGuess()
    {
        var (plain, relative) = (Train(s_both), Train(s_both with { RelativeErrors = true }));

        // Digits has ten classes of about the same size; diabetes's target is standardised.
        Assert.Equal(plain.TaskErrors, relative.TaskErrors);
        Assert.InRange(relative.Fitness / ((0.25 * plain.TaskErrors[0] / 0.9) + (0.75 * plain.TaskErrors[1])), 0.8, 1.25);
        Assert.NotEqual(plain.Fitness, relative.Fitness);
    }

    [Fact]
    public void ARungOfTheMainTaskSparesAllTheOthers()
    {
        using var bench = Bench.Open(s_both, "cpu");

        var findings = bench.Train([new Entrant(s_square) { Rungs = [new(3, -1)] }, new Entrant(s_square) { Rungs = [new(1, -1)] }], 0, 2).Cast<Finding.Trained>().ToList();

        Assert.Equal([10, 30], findings.Select(f => f.Steps));
        Assert.Equal([130, 110], findings.Select(f => f.SavedSteps));
        Assert.All(findings, f => Assert.Empty(f.TaskErrors));
    }

    [Fact]
    public void ALossHasToPassTheGatesOnEveryTask()
    {
        // Of a number of either sign this is no loss.
        var crossEntropy = Expression.Parse("mul(-1, mul(y, log(f)))");

        Assert.Equal(Gate.Passed, Screen(s_digits, crossEntropy).Gate);
        Assert.Equal(Gate.Rejected, Screen(s_both, crossEntropy).Gate);
        Assert.Equal(Gate.Passed, Screen(s_both, s_square).Gate);
        Assert.NotEqual(Screen(s_digits, s_square).Fingerprint, Screen(s_both, s_square).Fingerprint);
    }

    [Fact]
    public void ABaselinesRateKeepsItsRatioToEachTasksOwn()
    {
        using var both = Bench.Open(s_both, "cpu");
        using var further = Bench.Open(s_digits.On(s_diabetes), "cpu");

        var together = (Finding.Trained)both.TrainBaseline([0.02], 0, 1)[0];

        Assert.Equal(((Finding.Trained)further.TrainBaseline([0.01], 0, 1)[0]).Fitness, together.TaskErrors[1], 1e-9);
    }

    [Fact]
    public void RefinementDescendsTheMeanOfTheObjectives()
    {
        var loss = Expression.Parse("mul(-1, mul(y, log(f)))");
        var twice = s_digits with { FurtherTasks = [new() { Task = s_digits.Task, Network = s_digits.Network, Training = s_digits.Training, Weight = 3 }] };

        var (one, two) = (Refine(s_digits), Refine(twice));

        Assert.All(one.Tuned.Weights.Zip(two.Tuned.Weights), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        Assert.Equal((one.Before, one.After), (two.Before, two.After));
        Assert.Equal(2 * one.TrainedSteps, two.TrainedSteps);

        Finding.Refined Refine(EvaluationProtocol protocol)
        {
            using var bench = Bench.Open(protocol, "cpu");
            return (Finding.Refined)bench.Refine(loss);
        }
    }

    [Fact]
    public void ALossIsRefinedOnTasksOfBothKinds()
    {
        using var bench = Bench.Open(s_both with { RelativeErrors = true }, "cpu");

        var refined = Assert.IsType<Finding.Refined>(bench.Refine(s_square));

        // After forty steps a network knows more than a guess does.
        Assert.Equal(5, refined.Steps);
        Assert.InRange(refined.Before, 0.1, 0.99);
    }

    [Fact]
    public void OnSomeOfTheTasksABenchIsOneOfThemAlone()
    {
        var loss = Expression.Parse("mul(-1, mul(y, log(f)))");
        var protocol = s_both with { FurtherTasks = [s_diabetes, new() { Task = s_digits.Task, Network = new() { Hidden = [12] }, Training = s_digits.Training, Weight = 1 }] };
        using var bench = Bench.Open(protocol, "cpu");
        using var digits = Bench.Open(s_digits, "cpu");
        using var diabetes = Bench.Open(s_digits.On(s_diabetes), "cpu");
        var (first, second, ends) = (bench.On(TaskSet.Of([0])), bench.On(TaskSet.Of([1])), bench.On(TaskSet.Of([0, 2])));

        // Another learning rate, another metric, and gates of its own.
        Assert.Equal(Trained(digits).Replicates, Trained(first).Replicates);
        Assert.Equal(Trained(diabetes).Replicates, Trained(second).Replicates);
        Assert.Equal((60, 80), (Trained(first).Steps, Trained(second).Steps));
        Assert.Equal((Gate.Passed, Gate.Rejected), (Screened(first).Gate, Screened(second).Gate));
        Assert.Equal(Screened(digits).Fingerprint, Screened(first).Fingerprint);

        // Both weigh as much; the others' errors are not known.
        var both = Trained(ends);
        Assert.Equal(both.Fitness, (both.TaskErrors[0] + both.TaskErrors[2]) / 2, 1e-12);
        Assert.Equal([false, true, false], both.TaskErrors.Select(double.IsNaN));
        Assert.Equal([true, false, true], Trained(second).TaskErrors.Select(double.IsNaN));
        Assert.Equal(Refined(digits), Refined(first));
        Assert.Same(bench, bench.On(TaskSet.All));
        Assert.Throws<ArgumentException>(() => bench.On(TaskSet.Of([3])));

        Finding.Trained Trained(Bench on) => (Finding.Trained)on.Train(s_square, 0, 2);
        Finding.Screened Screened(Bench on) => (Finding.Screened)on.Screen(loss);
        double[] Refined(Bench on) => [.. ((Finding.Refined)on.Refine(loss)).Tuned.Weights];
    }

    private static Finding.Trained Train(EvaluationProtocol protocol)
    {
        using var bench = Bench.Open(protocol, "cpu");
        return (Finding.Trained)bench.Train(s_square, 0, 2);
    }

    private static Finding.Screened Screen(EvaluationProtocol protocol, Expression loss)
    {
        using var bench = Bench.Open(protocol, "cpu");
        return (Finding.Screened)bench.Screen(loss);
    }
}
