using LossActors.Actors.Experiments;
using LossActors.Actors.Runs;
using LossActors.Learning.Protocols;
using Xunit;

namespace LossActors.Actors.Tests.Experiments;

public sealed class FurtherTasksTests
{
    [Fact]
    public void WhatATaskDoesNotSayIsAsInTheMainOneWhereverThatWasGiven()
    {
        var experiment = Read(
            """
            tasks = [
              { network { hidden = [7] }, training { steps = 40 } },
              { task { dataset = diabetes }, network { kind = linear }, weight = 2.5 }
            ]
            task { dataset = digits, limit = 500 }
            network { kind = mlp, hidden = [5], activation = tanh }
            training { steps = 30, learning-rate = 0.2 }
            """);

        var (first, second) = (experiment.Protocol.FurtherTasks[0], experiment.Protocol.FurtherTasks[1]);
        Assert.Equal(("digits", 500, 40, 0.2, 1.0), (first.Task.Dataset, first.Task.Limit, first.Training.Steps, first.Training.LearningRate, first.Weight));
        Assert.Equal(([7], "tanh"), (first.Network.Hidden, first.Network.Activation), (a, b) => a.Item1.SequenceEqual(b.Item1) && a.Item2 == b.Item2);
        Assert.Equal(("diabetes", null, 30, 2.5), (second.Task.Dataset, second.Task.Limit, second.Training.Steps, second.Weight));
        Assert.Equal(("linear", "relu"), (second.Network.Kind, second.Network.Activation));
    }

    [Fact]
    public void OverridesReachWhatTasksInherit()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "experiment { tasks = [ { task { dataset = diabetes } } ] }");
            var changed = ExperimentReader.Read(path, ExperimentOverride.Parse("training.steps=77"));
            Assert.Equal(77, changed.Protocol.FurtherTasks[0].Training.Steps);
            Assert.Empty(ExperimentReader.Read(path, ExperimentOverride.Parse("tasks=[]")).Protocol.FurtherTasks);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void PathsOfTasksAreRelativeToTheExperimentsFile()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.Data.Root);
        var path = Path.Combine(folder.Data.Root, "two.conf");
        File.WriteAllText(path, "experiment { tasks = [ { task { dataset = csv, path = mine.csv, target = t } } ] }");

        Assert.Equal(Path.Combine(folder.Data.Root, "mine.csv"), ExperimentReader.Read(path).Protocol.FurtherTasks[0].Task.Path);
    }

    [Fact]
    public void TheStoredFormReadsBackAsTheSameTasks()
    {
        var experiment = Read(
            "training { steps = 30, milestones = [10] }, relative-errors = true, tasks = [ { task { dataset = diabetes }, weight = 2 }, { network { kind = linear }, training { milestones = [] } } ]");

        var again = ExperimentReader.Parse(ExperimentWriter.ToJson(experiment));

        Assert.Equal(ExperimentWriter.ToJson(experiment), ExperimentWriter.ToJson(again));
        Assert.Equal(2, again.Protocol.FurtherTasks[0].Weight);
        Assert.Empty(again.Protocol.FurtherTasks[1].Training.Milestones);
        Assert.Equal(ExperimentWriter.ToJson(experiment), ExperimentWriter.ToJson(ExperimentReader.Parse(ExperimentWriter.ToHocon(experiment))));
    }

    [Fact]
    public void OneMayListItsLayers()
    {
        var experiment = ExperimentReader.Parse("experiment { tasks = [ { network = [dense 5, relu] } ] }");

        Assert.Equal(["dense 5", "relu"], experiment.Protocol.FurtherTasks[0].Network.Layers);
        Assert.Equal("mlp", experiment.Protocol.Network.Kind);
        Assert.Equal(ExperimentWriter.ToJson(experiment), ExperimentWriter.ToJson(ExperimentReader.Parse(ExperimentWriter.ToJson(experiment))));
    }

    [Theory]
    [InlineData("tasks = diabetes", "experiment.tasks must be a list")]
    [InlineData("tasks = [ { network = [gelu] } ]", "the one at [0]: experiment.network.layers: layer 1 is unknown: gelu")]
    [InlineData("tasks = [ diabetes ]", "experiment.tasks must be a list")]
    [InlineData("tasks = [ { dataset = diabetes } ]", "experiment.tasks[0] must hold blocks task, network, training and a weight, not 'dataset'")]
    [InlineData("tasks = [ {}, { task { dataset = irises } } ]", "experiment.tasks[1]:1: experiment.task.dataset must be one of")]
    [InlineData("tasks = [ { weight = 0 } ]", "experiment.tasks[0].weight must be a number above 0")]
    [InlineData("tasks = [ { training { seed = 3 } } ]", "experiment.tasks[0]: training.seed is one for all tasks")]
    [InlineData("tasks = [ { training { momentum = 0 } } ]", "experiment.tasks: the one at [0]: experiment.training.nesterov = true needs a momentum above 0")]
    [InlineData("tasks = [ { search { islands = 1 } } ]", "not 'search'")]
    public void WhatIsWrongWithATaskIsNamed(string inside, string message)
    {
        var e = Assert.Throws<ExperimentException>(() => ExperimentReader.Parse($"experiment {{ {inside} }}", "my.conf"));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.StartsWith("my.conf:1", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void ARunWithOtherTasksOrChangedDataOfAnyIsNotGoneOnWith()
    {
        var stored = Read("tasks = [ { task { dataset = diabetes } } ]");
        var other = Read("tasks = [ { task { dataset = diabetes }, weight = 2 } ]");

        ResumeCheck.Require("r", stored, 10, stored, "a+b", "a+b");
        Assert.Contains("the data of diabetes has changed", Refused(stored, "a+c").Message, StringComparison.Ordinal);
        Assert.Contains("the data of digits has changed", Refused(stored, "c+b").Message, StringComparison.Ordinal);
        Assert.Contains("tasks is [", Refused(other, "a+b").Message, StringComparison.Ordinal);

        ResumeRefusedException Refused(Experiment requested, string hash) =>
            Assert.Throws<ResumeRefusedException>(() => ResumeCheck.Require("r", stored, 10, requested, "a+b", hash));
    }

    [Fact]
    public void WhereSeveralTasksLieIsNobodysConcern()
    {
        var stored = Read("tasks = [ { task { dataset = csv, path = here.csv, target = t } } ]");
        var moved = FurtherTask(stored, task => task with { Path = "/there.csv" });

        Assert.Empty(ResumeCheck.Differences(stored, 10, moved));

        static Experiment FurtherTask(Experiment e, Func<TaskSettings, TaskSettings> change) => e with
        {
            Protocol = e.Protocol with { FurtherTasks = [.. e.Protocol.FurtherTasks.Select(t => t with { Task = change(t.Task) })] },
        };
    }

    private static Experiment Read(string inside) => ExperimentReader.Parse($"experiment {{\n{inside}\n}}");
}
