using LossActors.Learning.Datasets;
using LossActors.Learning.Protocols;
using LossActors.Learning.Tests.Support;
using LossActors.Learning.Training;
using Xunit;
using static TorchSharp.torch;

namespace LossActors.Learning.Tests.Training;

public sealed class GuessTests
{
    [Theory]
    [InlineData(TaskKind.Classification, 3, new float[] { 0, 1, 1, 2 }, new float[] { 1, 0, 2, 2, 1 }, 0.6)]
    [InlineData(TaskKind.Classification, 2, new float[] { 0, 1, 0, 0 }, new float[] { 1, 0, 0, 1, 1 }, 0.6)]
    [InlineData(TaskKind.Regression, 0, new float[] { 1, -1 }, new float[] { 1, -2, 0, 0 }, 1.25)]
    public void AGuessIsTheCommonestClassOrTheMeanOfTheTrainingPart(TaskKind kind, int classes, float[] known, float[] asked, double error)
    {
        LossActors.Learning.Native.Torch.Ensure();
        var data = new TaskData("made-up", kind, classes, [1], Part(known), Part(asked), Part(known), "none", 0, 1, []);
        using var task = LearningTask.Create(data, doublePrecision: true, CPU);

        Assert.Equal(error, Guess.Error(task), 1e-12);

        static DataPart Part(float[] targets) => new(new float[targets.Length], targets, targets.Length);
    }

    [Fact]
    public void WhatAGuessLosesIsTheEntropyOfEqualChances()
    {
        using var task = Tasks.Make(TaskKind.Classification, 4);
        Assert.Equal(Math.Log(4), Guess.Loss(task.Shape), 1e-12);
    }
}
