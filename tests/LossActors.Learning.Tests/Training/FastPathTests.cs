using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using LossActors.Learning.Tests.Support;
using LossActors.Learning.Training;
using Xunit;

namespace LossActors.Learning.Tests.Training;

/// <summary>
/// Every fast way of training against the plain one, on every base network and under random losses: turning one off changes what a candidate learns by rounding only.
/// </summary>
/// <remarks>
/// What rounding explains depends on the loss: a steep one makes much of little. So it is measured for each: how far the plain way in single precision lies from itself in double
/// precision, with its learning rate as it is and a unit in the last place up and down. A fast way, which adds the same numbers in another order, may lie four times as far in
/// the median over losses. A single loss gets a hundred times: a network that comes near a kink meets it with one rounding and misses it with another.
/// In double precision 1e-9 is allowed.
/// </remarks>
public sealed class FastPathTests
{
    private const int Losses = 8;
    private const double LearningRate = 0.02;
    private const double OneUnit = 1.2e-7;

    public static TheoryData<string, string, TaskKind, int> Networks { get; } = new()
    {
        { "linear", "relu", TaskKind.Classification, 4 },
        { "linear", "relu", TaskKind.Regression, 0 },
        { "mlp", "relu", TaskKind.Classification, 4 },
        { "mlp", "tanh", TaskKind.Classification, 2 },
        { "mlp", "relu", TaskKind.Regression, 0 },
        { "lenet5", "tanh", TaskKind.Classification, 4 },
        { "layers", "dense 6, tanh, relu, tanh", TaskKind.Classification, 4 },
        { "layers", "convolution 3 3, tanh, flatten, tanh, dense 5, tanh", TaskKind.Classification, 4 },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void WhatACandidateLearnsIsWhatItLearnsThePlainWayButForRounding(string kind, string activation, TaskKind task, int classes)
    {
        LossFunction[] losses = [.. Enumerable.Range(0, int.MaxValue).Select(i => RandomTrees.Make((ulong)i)).Where(tree => tree.IsLoss).Take(Losses).Select(LossFunction.Of)];
        var exact = Learn(TrainingPath.Plain, true, together: false);
        var rounded = new[] { 1, 1 + OneUnit, 1 - OneUnit }.Select(nudge => Learn(TrainingPath.Plain, false, together: false, nudge)).ToList();
        double[] rounding = [.. Enumerable.Range(0, Losses).Select(i => rounded.Max(r => Distance(exact[i], r[i])))];
        int[] tame = [.. Enumerable.Range(0, Losses).Where(i => rounding[i] < 1e-3)];
        Assert.InRange(tame.Length, Losses / 2, Losses);
        foreach (var (path, together) in ((TrainingPath, bool)[])[(TrainingPath.Compiled, false), (TrainingPath.Compiled, true), (TrainingPath.Batched, true)])
        {
            var (inDouble, inSingle) = (Learn(path, true, together), Learn(path, false, together));
            Assert.All(tame, i => Assert.InRange(Distance(exact[i], inDouble[i]), 0, 1e-9));
            double[] ratios = [.. tame.Select(i => Distance(exact[i], inSingle[i]) / rounding[i]).Order()];
            Assert.InRange(ratios[ratios.Length / 2], 0, 4);
            Assert.InRange(ratios[^1], 0, 100);
        }

        double[]?[] Learn(TrainingPath path, bool doublePrecision, bool together, double nudge = 1)
        {
            using var data = Tasks.Make(task, classes, doublePrecision: doublePrecision, shape: kind == "lenet5" ? [1, 16, 16] : activation.StartsWith("convolution", StringComparison.Ordinal) ? [1, 6, 6] : [5]);
            var network = NetworkFactory.Create(
                new NetworkSettings { Kind = kind, Hidden = [7, 6], Activation = activation, Layers = kind == "layers" ? [.. activation.Split(", ")] : [] }, data.Shape);
            var trainer = new Trainer(network, data, new TrainingSettings { Steps = 12, BatchSize = 16, WeightDecay = 0.01 }, 3, path);
            Trial[] trials = [.. losses.Select(loss => new Trial(loss, LearningRate * nudge))];
            var trained = together ? trainer.TrainCohort(trials, 0) : [.. trials.Select(trial => trainer.Train(trial, 0))];
            return [.. trained.Select(t =>
            {
                using (t)
                {
                    return t.Diverged ? null : t.Logits(data.Validation);
                }
            })];
        }
    }

    private static double Distance(double[]? a, double[]? b) => a is null || b is null
        ? double.PositiveInfinity
        : a.Zip(b, (x, y) => Math.Abs(x - y)).Max() / Math.Max(1, a.Max(Math.Abs));
}
