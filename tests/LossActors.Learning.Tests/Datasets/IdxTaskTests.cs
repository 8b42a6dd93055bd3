using System.Buffers.Binary;
using LossActors.Learning.Datasets;
using LossActors.Learning.Protocols;
using Xunit;

namespace LossActors.Learning.Tests.Datasets;

public sealed class IdxTaskTests : IDisposable
{
    private const string TrainingImages = "train-images-idx3-ubyte", TrainingLabels = "train-labels-idx1-ubyte",
        TestImages = "t10k-images-idx3-ubyte", TestLabels = "t10k-labels-idx1-ubyte";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Images_become_a_task_with_the_datasets_own_test_part(bool zipped)
    {
        WriteAll(zipped);
        var task = Load(new() { Split = [0.75, 0.25, 0.9] });

        Assert.Equal(Path.GetFileName(_folder.Path), task.Name);
        Assert.Equal([1, 4, 3], task.InputShape);
        Assert.Equal((30, 10, 12), (task.Training.Count, task.Validation.Count, task.Test.Count));
        Assert.Equal(["0", "1"], task.ClassNames);
        Assert.Equal(15, task.Training.Targets.Count(t => t == 1));
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (float)(i % 2)), task.Test.Targets);
    }

    [Fact]
    public void Pixels_are_standardised_by_the_training_part_as_a_whole()
    {
        WriteAll(false);
        var task = Load(new());

        Assert.Equal(0, task.Training.Inputs.Average(), 1e-5);
        Assert.Equal(1, task.Training.Inputs.Average(v => (double)v * v), 1e-4);
        Assert.True(task.Training.Inputs.Chunk(12).All(image => image[0] == task.Training.Inputs[0]), "the first pixel is always 0, and so stays one value");
    }

    [Fact]
    public void Compression_does_not_change_the_hash_but_a_label_does()
    {
        WriteAll(false);
        var plain = Load(new()).Hash;
        foreach (var name in new[] { TrainingImages, TrainingLabels, TestImages, TestLabels })
        {
            File.Delete(Path.Combine(_folder.Path, name));
        }

        WriteAll(true);
        Assert.Equal(plain, Load(new()).Hash);
        _folder.Write(TestLabels + ".gz", Labels(12, i => i / 6), zipped: true);
        Assert.NotEqual(plain, Load(new()).Hash);
    }

    [Fact]
    public void A_limit_keeps_the_proportion_of_training_and_test_data_and_of_classes()
    {
        WriteAll(false);
        var task = Load(new() { Limit = 26 });

        Assert.Equal(6, task.Test.Count);
        Assert.Equal(20, task.Training.Count + task.Validation.Count);
        Assert.Equal(3, task.Test.Targets.Count(t => t == 1));
    }

    [Fact]
    public void Broken_files_are_refused_in_one_line_that_names_them()
    {
        (string File, byte[] Content, string What)[] cases =
        [
            (TrainingImages, [], "the file is empty"),
            (TrainingImages, [0, 0, 8], "too short for an IDX header"),
            (TrainingImages, Labels(40, i => i % 2), "magic number 0x00000801"),
            (TrainingLabels, Images(40), "magic number 0x00000803"),
            (TrainingImages, Images(40)[..^1], "cut off: the header says 40 × 4 × 3 bytes, 479 are there"),
            (TrainingImages, [.. Images(40), 7], "1 bytes too many"),
            (TrainingImages, Header(0x803, uint.MaxValue, uint.MaxValue, uint.MaxValue), "cut off"),
            (TrainingImages, Header(0x803, 1_000_000_000, 28, 28), "cut off"),
            (TrainingImages, Header(0x803, 40, 0, 3), "sides of 1 to 4096"),
            (TrainingImages, Header(0x803, 0, 28, 28), "holds no instance"),
            (TrainingLabels, Labels(39, i => i % 2), "39 labels, but train-images-idx3-ubyte has 40 images"),
            (TestLabels, Labels(12, i => i % 3), "a test label is 2, but training labels end at 1"),
            (TrainingLabels, Labels(40, _ => 1), "every training label is 1, so there is nothing to predict"),
            (TestImages, Images(12, 3, 4), "the files do not belong together"),
        ];
        foreach (var (file, content, what) in cases)
        {
            WriteAll(false);
            _folder.Write(file, content);
            Refused(new(), what, _folder.Path);
        }
    }

    [Fact]
    public void A_gzip_file_cut_off_is_refused()
    {
        WriteAll(true);
        var path = Path.Combine(_folder.Path, TrainingImages + ".gz");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..30]);

        Refused(new(), path);
    }

    [Fact]
    public void What_was_fetched_comes_before_a_damaged_copy_of_it()
    {
        WriteAll(true);
        var hash = Load(new()).Hash;
        _folder.Write(TrainingImages, Images(40)[..^1]);

        Assert.Equal(hash, Load(new()).Hash);
    }

    [Fact]
    public void Missing_files_and_folders_are_named()
    {
        Refused(new(), TrainingImages + "[.gz]: no such file");
        Refused(new() { Path = Path.Combine(_folder.Path, "nowhere") }, "nowhere: no such folder");
        var error = Assert.Throws<DataException>(() => TaskLoader.Load(new() { Dataset = "idx" }, 1));
        Assert.Contains("set task.path", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_beyond_the_ten_classes_of_mnist_is_refused()
    {
        WriteAll(false);
        _folder.Write(TrainingLabels, Labels(40, i => i % 11));

        Refused(new() { Dataset = "mnist" }, "a label above 9");
    }

    [Fact]
    public void Augmentation_is_for_images_that_are_larger_than_it_moves_them()
    {
        WriteAll(false);
        Assert.True(Load(new() { Augmentation = new() { Crop = 2, Flip = true } }).Augmentation.IsOn);
        Refused(new() { Augmentation = new() { Crop = 3 } }, "images of 4 × 3 pixels cannot be moved by 3", "task.augmentation.crop");
        Refusal.Of(new() { Dataset = "digits", Augmentation = new() { Flip = true } }, "digits: augmentation varies images", "take task.augmentation out");
    }

    [Fact]
    public void Fashion_mnist_loads_from_its_usual_place()
    {
        var entry = DatasetCatalog.Entries.Single(e => e.Name == "fashion-mnist");
        Assert.SkipUnless(entry.IsPresent, $"Fashion-MNIST is not in {entry.Folder}");
        var task = TaskLoader.Load(new TaskSettings { Dataset = "fashion-mnist", Limit = 7000 }, 1);

        Assert.Equal((4500, 1500, 1000), (task.Training.Count, task.Validation.Count, task.Test.Count));
        Assert.Equal([1, 28, 28], task.InputShape);
        Assert.Equal(10, task.Classes);
        Assert.All(Enumerable.Range(0, 10), c => Assert.Equal(450, task.Training.Targets.Count(t => t == c)));
        Assert.Equal("Ankle boot", task.ClassNames[9]);
    }

    private TaskData Load(TaskSettings settings) =>
        TaskLoader.Load(settings with { Dataset = settings.Dataset == "digits" ? "idx" : settings.Dataset, Path = settings.Path ?? _folder.Path }, 1);

    private void Refused(TaskSettings settings, params string[] parts)
    {
        var error = Assert.Throws<DataException>(() => Load(settings));
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', error.Message);
    }

    private void WriteAll(bool zipped)
    {
        var end = zipped ? ".gz" : "";
        _folder.Write(TrainingImages + end, Images(40), zipped);
        _folder.Write(TrainingLabels + end, Labels(40, i => i % 2), zipped);
        _folder.Write(TestImages + end, Images(12), zipped);
        _folder.Write(TestLabels + end, Labels(12, i => i % 2), zipped);
    }

    private static byte[] Images(int count, int height = 4, int width = 3) =>
        [.. Header(0x803, (uint)count, (uint)height, (uint)width), .. Enumerable.Range(0, count * height * width).Select(i => (byte)(i % 12 * (i % 7)))];

    private static byte[] Labels(int count, Func<int, int> label) => [.. Header(0x801, (uint)count), .. Enumerable.Range(0, count).Select(i => (byte)label(i))];

    private static byte[] Header(params uint[] numbers)
    {
        var bytes = new byte[4 * numbers.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 * i), numbers[i]);
        }

        return bytes;
    }
}
