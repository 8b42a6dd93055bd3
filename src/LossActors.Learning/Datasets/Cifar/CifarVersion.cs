using System.Collections.Immutable;
using System.Globalization;

namespace LossActors.Learning.Datasets.Cifar;

/// <summary>How the binary version of CIFAR-10 or CIFAR-100 is laid out.</summary>
/// <param name="TrainingFiles">Names of the files with training images.</param>
/// <param name="TestFile">Name of the file with test images.</param>
/// <param name="Proportion">How many times the test file's images each training file holds.</param>
/// <param name="LabelBytes">Labels before each image.</param>
/// <param name="Label">Which of them counts.</param>
/// <param name="ClassNames">The classes, by label.</param>
internal sealed record CifarVersion(
    ImmutableArray<string> TrainingFiles, string TestFile, int Proportion, int LabelBytes, int Label, ImmutableArray<string> ClassNames)
{
    /// <summary>CIFAR-10.</summary>
    public static CifarVersion Ten { get; } = new(
        ["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"], "test_batch.bin", 1, 1, 0,
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]);

    /// <summary>CIFAR-100 by its hundred classes.</summary>
    public static CifarVersion Fine { get; } = Hundred(1, 100);

    /// <summary>CIFAR-100 by its twenty superclasses.</summary>
    public static CifarVersion Coarse { get; } = Hundred(0, 20);

    private static CifarVersion Hundred(int label, int classes) =>
        new(["train.bin"], "test.bin", 5, 2, label, [.. Enumerable.Range(0, classes).Select(i => i.ToString(CultureInfo.InvariantCulture))]);
}
