using LossActors.Evolution.Randomness;
using LossActors.Expressions;
using LossActors.Learning.Filters;
using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using LossActors.Learning.Tests.Support;
using LossActors.Learning.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace LossActors.Learning.Tests.Training;

public sealed class AugmentationTests
{
    private static readonly AugmentationSettings s_both = new() { Crop = 3, Flip = true };
    private static readonly int[] s_shape = [2, 16, 17];

    [Theory]
    [InlineData(3, true)]
    [InlineData(3, false)]
    [InlineData(0, true)]
    public void Each_image_is_moved_and_mirrored_as_drawn(int crop, bool flip)
    {
        var (task, augmentation) = (Make(new() { Crop = crop, Flip = flip }), new Augmentation(new() { Crop = crop, Flip = flip }, [.. s_shape]));
        using (task)
        {
            using var scope = NewDisposeScope();
            var drawn = augmentation.Draw(RandomStream.For(1, 2, 3, Purpose.Augmentation), task.Training.Count);
            var (before, after) = (task.Training.Inputs.data<double>().ToArray(), augmentation.Apply(task.Training.Inputs, drawn).data<double>().ToArray());
            Assert.Equal(after, augmentation.OnDevice(task.Training.Inputs, drawn).data<double>().ToArray());
            Assert.Equal(after.Select(v => (float)v), augmentation.Apply(task.Training.Inputs.to(ScalarType.Float32), drawn).data<float>().ToArray());

            Assert.Equal((crop, flip), (drawn.Max(d => d.Row), drawn.Any(d => d.IsMirrored)));
            Assert.Equal((-crop, !flip), (drawn.Min(d => d.Column), drawn.All(d => !d.IsMirrored)));
            var (channels, height, width) = (s_shape[0], s_shape[1], s_shape[2]);
            for (var i = 0; i < after.Length; i++)
            {
                var (image, channel, y, x) = (i / (channels * height * width), i / (height * width) % channels, i / width % height, i % width);
                var (row, column) = (y + drawn[image].Row, (drawn[image].IsMirrored ? width - 1 - x : x) + drawn[image].Column);
                var isInside = row >= 0 && row < height && column >= 0 && column < width;
                Assert.Equal(isInside ? before[(((((image * channels) + channel) * height) + row) * width) + column] : 0, after[i]);
            }
        }
    }

    [Fact]
    public void What_is_drawn_depends_on_seed_replicate_step_and_instance_and_on_nothing_else()
    {
        using var task = Make(s_both);
        Distortion[] Batch(ulong seed, ulong replicate, int step, Purpose purpose = Purpose.Batches)
        {
            var batches = new BatchSequence(60, 16, seed, replicate, purpose);
            for (var i = 0; i < step; i++)
            {
                batches.Next();
            }

            return task.Training.Distort(batches)!;
        }

        Assert.Equal(Batch(1, 2, 3), Batch(1, 2, 3));
        Distortion[][] others = [Batch(1, 2, 3), Batch(2, 2, 3), Batch(1, 3, 3), Batch(1, 2, 4), Batch(1, 2, 3, Purpose.Refinement)];
        Assert.Equal(others.Length, others.Select(batch => string.Join(' ', batch)).Distinct().Count());
        Assert.True(Batch(1, 2, 3).Distinct().Count() > 8, "images of one batch are varied each on its own");
    }

    [Fact]
    public void Only_training_batches_are_varied()
    {
        using var task = Make(s_both);
        using var plain = Make(new());
        using var scope = NewDisposeScope();
        foreach (var (part, twin, isVaried) in new[] { (task.Training, plain.Training, true), (task.Validation, plain.Validation, false), (task.Test, plain.Test, false) })
        {
            foreach (var size in new[] { 16, 60 })
            {
                var (inputs, targets) = part.Select(new BatchSequence(60, size, 1, 0));
                var (expected, expectedTargets) = twin.Select(new BatchSequence(60, size, 1, 0));
                Assert.NotEqual(isVaried, inputs.equal(expected).all().ToBoolean());
                Assert.True(targets.equal(expectedTargets).all().ToBoolean());
                Assert.True(part.Inputs.equal(twin.Inputs).all().ToBoolean(), "the part itself stays as it is");
            }
        }
    }

    [Fact]
    public void Gates_look_at_images_as_they_are()
    {
        using var task = Make(s_both);
        using var plain = Make(new());
        var net = NetworkFactory.Create(new NetworkSettings { Kind = "linear" }, task.Shape);

        Assert.Equal(ProbeSample.Draw(net, plain, 30, 1).Logits, ProbeSample.Draw(net, task, 30, 1).Logits);
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("lenet5")]
    public void Every_path_and_every_member_of_a_cohort_sees_the_same_images(string network)
    {
        using var task = Make(s_both);
        using var unvaried = Make(new());
        var net = NetworkFactory.Create(new NetworkSettings { Kind = network, Hidden = [7] }, task.Shape);
        var settings = new TrainingSettings { Steps = 12, BatchSize = 16, LearningRate = 0.05 };
        Trial[] trials = [new(LossFunction.Task, 0.05), new(LossFunction.Of(Expression.Parse("square(sub(y, f))")), 0.1)];

        using var alone = new Trainer(net, task, settings, 3, TrainingPath.Plain).Train(trials[1], 1);
        using var other = new Trainer(net, unvaried, settings, 3, TrainingPath.Plain).Train(trials[1], 1);
        Assert.NotEqual(Weights(other), Weights(alone));
        foreach (var path in new[] { TrainingPath.Plain, TrainingPath.Compiled, TrainingPath.Batched })
        {
            var cohort = new Trainer(net, task, settings, 3, path).TrainCohort(trials, 1);
            Assert.All(Weights(alone).Zip(Weights(cohort[1])), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
            foreach (var trained in cohort)
            {
                trained.Dispose();
            }
        }
    }

    [Fact]
    public void Gathered_batches_are_varied_alike_at_every_look()
    {
        using var task = Make(s_both);
        using var scope = NewDisposeScope();
        var batches = new GatheredBatches(task.Training, new BatchSequence(60, 16, 1, 0, Purpose.Refinement), 3);

        Assert.All(Enumerable.Range(0, 3), i => Assert.True(batches[i].Inputs.equal(batches[i].Inputs).all().ToBoolean()));
        var (inputs, _) = task.Training.Select(new BatchSequence(60, 16, 1, 0, Purpose.Refinement));
        Assert.True(batches[0].Inputs.equal(inputs).all().ToBoolean(), "as the sequence itself gives it");
    }

    [Fact]
    public void Nothing_native_is_left_behind()
    {
        using var task = Make(s_both);
        var before = LiveTensors.Settled();
        using (NewDisposeScope())
        {
            task.Training.Select(new BatchSequence(60, 16, 1, 0));
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    private static LearningTask Make(AugmentationSettings augmentation) => Tasks.Make(TaskKind.Classification, 3, shape: s_shape, augmentation: augmentation);

    private static double[] Weights(TrainedNetwork trained) => [.. trained.State.SelectMany(w => w.data<double>().ToArray())];
}
