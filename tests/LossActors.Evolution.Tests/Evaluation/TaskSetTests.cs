using LossActors.Evolution.Evaluation;
using Xunit;

namespace LossActors.Evolution.Tests.Evaluation;

public sealed class TaskSetTests
{
    [Fact]
    public void NothingNamedIsAll()
    {
        Assert.Equal(TaskSet.All, TaskSet.Of([]));
        Assert.True(TaskSet.All.IsAll);
        Assert.True(TaskSet.All.Contains(17));
        Assert.Empty(TaskSet.All.Numbers);
        Assert.Equal("all tasks", TaskSet.All.ToString());
    }

    [Fact]
    public void WhatIsNamedIsASet()
    {
        var tasks = TaskSet.Of([63, 2, 0, 2]);
        Assert.Equal(TaskSet.Of([0, 2, 63]), tasks);
        Assert.Equal([0, 2, 63], tasks.Numbers);
        Assert.Equal([true, false, true], new[] { 0, 1, 63 }.Select(tasks.Contains));
        Assert.Equal("tasks 0, 2, 63", tasks.ToString());
        Assert.Equal("task 1", TaskSet.Of([1]).ToString());
    }

    [Fact]
    public void AllThatASearchHasIsAll()
    {
        Assert.Equal(TaskSet.All, TaskSet.Of([1, 0]).Among(2));
        Assert.Equal([0, 1], TaskSet.Of([1, 0]).Among(3).Numbers);
        Assert.Equal(TaskSet.All, TaskSet.All.Among(3));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(64)]
    public void ANumberThatNoTaskCanHaveIsRefused(int number) => Assert.Throws<ArgumentOutOfRangeException>(() => TaskSet.Of([number]));
}
