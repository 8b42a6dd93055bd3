using LossActors.Learning.Datasets;
using LossActors.Learning.Protocols;
using Xunit;

namespace LossActors.Learning.Tests.Datasets;

public sealed class EmbeddedDatasetTests
{
    [Theory]
    [InlineData("digits", TaskKind.Classification, 10, 64, 1797)]
    [InlineData("breast-cancer", TaskKind.Classification, 2, 30, 569)]
    [InlineData("diabetes", TaskKind.Regression, 0, 10, 442)]
    public void An_embedded_dataset_has_the_size_that_the_catalog_says(string name, TaskKind kind, int classes, int features, int instances)
    {
        var task = TaskLoader.Load(new TaskSettings { Dataset = name }, 1);
        var entry = DatasetCatalog.Entries.Single(e => e.Name == name);

        Assert.Equal((name, kind, classes), (task.Name, task.Kind, task.Classes));
        Assert.Equal([features], task.InputShape);
        Assert.Equal(instances, task.Training.Count + task.Validation.Count + task.Test.Count);
        Assert.Equal((kind, (int?)instances, (int?)classes), (entry.Kind, entry.Instances, entry.Classes));
        Assert.Equal([features], entry.InputShape);
        Assert.True(entry.IsPresent);
    }

    [Fact]
    public void Every_class_has_its_share_of_every_part()
    {
        var task = TaskLoader.Load(new TaskSettings { Dataset = "digits" }, 3);
        foreach (var (part, share) in new[] { (task.Training, 0.6), (task.Validation, 0.2), (task.Test, 0.2) })
        {
            Assert.InRange(part.Count, (1797 * share) - 1, (1797 * share) + 1);
            for (var c = 0; c < 10; c++)
            {
                var all = new[] { task.Training, task.Validation, task.Test }.Sum(p => p.Targets.Count(t => t == c));
                Assert.InRange(part.Targets.Count(t => t == c), (all * share) - 1.5, (all * share) + 1.5);
            }
        }
    }

    [Fact]
    public void The_training_part_has_mean_0_and_deviation_1_in_every_column_that_varies()
    {
        var task = TaskLoader.Load(new TaskSettings { Dataset = "breast-cancer" }, 5);
        for (var column = 0; column < task.InputSize; column++)
        {
            var values = Enumerable.Range(0, task.Training.Count).Select(i => (double)task.Training.Inputs[(i * task.InputSize) + column]).ToList();
            var mean = values.Average();
            Assert.Equal(0, mean, 1e-5);
            Assert.Equal(1, values.Average(v => (v - mean) * (v - mean)), 1e-5);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_parts_and_another_seed_others_of_the_same_data()
    {
        var settings = new TaskSettings { Dataset = "diabetes" };
        var (one, same, other) = (TaskLoader.Load(settings, 1), TaskLoader.Load(settings, 1), TaskLoader.Load(settings, 2));

        Assert.Equal(one.Training.Inputs, same.Training.Inputs);
        Assert.Equal(one.Test.Targets, same.Test.Targets);
        Assert.NotEqual(one.Training.Inputs, other.Training.Inputs);
        Assert.Equal(one.Hash, other.Hash);
        Assert.Matches("^[0-9a-f]{64}$", one.Hash);
    }

    // The hash and the split are part of every run: were they to change, no run of an earlier version could be resumed or verified.
    [Theory]
    [InlineData("digits", "bed3a2b01eee8ca54b183e0827c9f486730e46bdcad583f010a0ab283eecd2f0", "0 1 3 6 7 1 3 4 7 8 9 2")]
    [InlineData("diabetes", "5485c916b49bfc42de4dfa2322306fe300e5e0f7f0d9076aa73d8a96fb22afcb", "151 75 141 135 97 138 110 310 179 185 118 171")]
    [InlineData("breast-cancer", "2ff600517a045e7ddf8d04e44a5224c8298d9fc461a1c879bd6485e091b473c5", "0 0 0 0 0 0 0 1 1 0 0 0")]
    public void The_hash_and_the_split_of_an_embedded_dataset_never_change(string name, string hash, string split)
    {
        var task = TaskLoader.Load(new TaskSettings { Dataset = name }, 1);
        var order = string.Join(' ', task.Training.Targets.Take(12).Select(t => Math.Round((t * task.TargetDeviation) + task.TargetMean)));

        Assert.Equal(hash, task.Hash);
        Assert.Equal(split, order);
    }
}
