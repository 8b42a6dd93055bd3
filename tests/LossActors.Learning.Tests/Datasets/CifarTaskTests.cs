using LossActors.Learning.Datasets;
using LossActors.Learning.Protocols;
using Xunit;

namespace LossActors.Learning.Tests.Datasets;

public sealed class CifarTaskTests : IDisposable
{
    private const int Plane = 32 * 32;
    private readonly TemporaryFolder _folder = new();

    private TaskSettings Ten => new() { Dataset = "cifar10", Path = _folder.Path, Split = [0.75, 0.25, 0.1] };

    private TaskSettings Hundred => Ten with { Dataset = "cifar100" };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void CIFAR_10_becomes_images_in_colour_with_its_own_test_part()
    {
        WriteTen();
        var task = TaskLoader.Load(Ten, 1);

        Assert.Equal([3, 32, 32], task.InputShape);
        Assert.Equal((75, 25, 20), (task.Training.Count, task.Validation.Count, task.Test.Count));
        Assert.Equal("truck", task.ClassNames[9]);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (float)(i % 10)), task.Test.Targets);
    }

    [Fact]
    public void Each_channel_is_standardised_by_the_training_part()
    {
        WriteTen();
        var training = TaskLoader.Load(Ten, 1).Training;

        // Red is the same everywhere and so says nothing; green and blue have their own scale.
        Assert.All(Channel(training, 0), v => Assert.Equal(0, v));
        foreach (var channel in new[] { 1, 2 })
        {
            Assert.Equal(0, Channel(training, channel).Average(), 1e-5);
            Assert.Equal(1, Channel(training, channel).Average(v => (double)v * v), 1e-4);
        }
    }

    [Fact]
    public void Pixels_keep_their_place()
    {
        WriteTen();
        var test = TaskLoader.Load(Ten, 1).Test;
        var blue = test.Inputs.AsSpan(2 * Plane, Plane);

        // Of the first image, blue is bright in its last row only.
        Assert.True(blue[^1] > blue[0]);
        Assert.Equal(32, blue.Count(blue[^1]));
    }

    [Fact]
    public void CIFAR_100_has_a_hundred_classes_or_twenty()
    {
        WriteHundred(i => (byte)(i % 20), i => (byte)(i % 100));
        Assert.Equal(100, TaskLoader.Load(Hundred, 1).Classes);
        var coarse = TaskLoader.Load(Hundred with { CoarseLabels = true }, 1);
        Assert.Equal(20, coarse.Classes);
        Assert.Equal([.. Enumerable.Range(0, 20).Select(i => (float)i)], coarse.Test.Targets.Distinct().Order());
        Assert.NotEqual(coarse.Hash, TaskLoader.Load(Hundred, 1).Hash);
    }

    [Fact]
    public void Files_that_are_cut_off_mislabelled_or_do_not_belong_together_are_refused()
    {
        (string File, byte[] Content, string What)[] cases =
        [
            ("data_batch_2.bin", Images(20, 1)[..^1], "no whole number of images of 1 + 3072 bytes"),
            ("data_batch_2.bin", [.. Images(20, 1), 0], "no whole number of images"),
            ("data_batch_2.bin", [], "the file is empty"),
            ("data_batch_2.bin", Images(19, 1), "19 images, but test_batch.bin has 20 and as many belong here"),
            ("data_batch_3.bin", Images(20, 1, label: _ => 10), "the label of image 0 is 10, but labels end at 9"),
            ("test_batch.bin", Images(20, 2), "no whole number of images"),
        ];
        foreach (var (file, content, what) in cases)
        {
            WriteTen();
            _folder.Write(file, content);
            Refusal.Of(Ten, what, _folder.Path);
        }
    }

    [Fact]
    public void Of_CIFAR_100_both_labels_are_looked_at_whichever_counts()
    {
        WriteHundred(_ => 20, i => (byte)(i % 100));
        Refusal.Of(Hundred, "is 20, but labels end at 19");
        WriteHundred(i => (byte)(i % 20), _ => 100);
        Refusal.Of(Hundred with { CoarseLabels = true }, "is 100, but labels end at 99");
    }

    [Fact]
    public void A_missing_file_is_named_with_what_fetches_it()
    {
        WriteTen();
        File.Delete(Path.Combine(_folder.Path, "data_batch_4.bin"));
        Refusal.Of(Ten, "data_batch_4.bin: no such file", "lossactors datasets fetch cifar10", "task.path");
    }

    [Fact]
    public void CIFAR_100s_training_file_must_hold_five_times_its_test_file()
    {
        WriteHundred(_ => 0, i => (byte)(i % 100));
        _folder.Write("train.bin", Images(300, 2));
        Refusal.Of(Hundred, "train.bin: 300 images, but test.bin has 100 and 5 times as many belong here");
    }

    private static IEnumerable<float> Channel(DataPart part, int channel) =>
        Enumerable.Range(0, part.Count).SelectMany(i => part.Inputs.AsSpan(((i * 3) + channel) * Plane, Plane).ToArray());

    private void WriteTen()
    {
        foreach (var name in new[] { "data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin", "test_batch.bin" })
        {
            _folder.Write(name, Images(20, 1, label: i => (byte)(i % 10)));
        }
    }

    private void WriteHundred(Func<int, byte> coarse, Func<int, byte> fine)
    {
        _folder.Write("train.bin", Images(500, 2, coarse, fine));
        _folder.Write("test.bin", Images(100, 2, coarse, fine));
    }

    // Labels, then 1,024 red bytes of 7, green ones that grow with the image, and blue ones that are dark but for the last of the 32 rows.
    private static byte[] Images(int count, int labelBytes, Func<int, byte>? label = null, Func<int, byte>? second = null) =>
    [
        .. Enumerable.Range(0, count).SelectMany(i => new[] { label?.Invoke(i) ?? 0, second?.Invoke(i) ?? 0 }.Take(labelBytes)
            .Concat(Enumerable.Repeat((byte)7, Plane))
            .Concat(Enumerable.Repeat((byte)(i * 3), Plane))
            .Concat(Enumerable.Range(0, Plane).Select(p => (byte)(p < Plane - 32 ? 1 : 200)))),
    ];
}
