using System.Collections.Immutable;
using System.Globalization;

namespace LossActors.Learning.Datasets.Cifar;

/// <summary>How the binary version of CIFAR-10 or CIFAR-100 is laid out.</summary>
/// <param name="TrainingFiles">Names of the files with training images.</param>
/// <param name="TestFile">Name of the file with test images.</param>
/// <param name="Proportion">How many times the test file's images each training file holds.</param>
/// <param name="Labels">How many values each label before an image may have.</param>
/// <param name="Label">Which of them counts.</param>
/// <param name="ClassNames">The classes, by label.</param>
internal sealed record CifarVersion(
    ImmutableArray<string> TrainingFiles, string TestFile, int Proportion, ImmutableArray<int> Labels, int Label, ImmutableArray<string> ClassNames)
{
    /// <summary>Red, green and blue.</summary>
    public const int Channels = 3;

    /// <summary>Rows and columns of an image.</summary>
    public const int Side = 32;

    /// <summary>Bytes of an image without its labels.</summary>
    public const int Size = Channels * Side * Side;

    /// <summary>CIFAR-10.</summary>
    public static CifarVersion Ten { get; } = new(
        ["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"], "test_batch.bin", 1, [10], 0,
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]);

    /// <summary>CIFAR-100 by its hundred classes.</summary>
    public static CifarVersion Fine { get; } = Hundred(1);

    /// <summary>CIFAR-100 by its twenty superclasses.</summary>
    public static CifarVersion Coarse { get; } = Hundred(0);

    /// <summary>Labels before each image, of a byte each.</summary>
    public int LabelBytes => Labels.Length;

    /// <summary>Bytes of an image with its labels.</summary>
    public int ImageBytes => LabelBytes + Size;

    // Superclass, then class.
    private static CifarVersion Hundred(int label)
    {
        ImmutableArray<int> labels = [20, 100];
        return new(["train.bin"], "test.bin", 5, labels, label, [.. Enumerable.Range(0, labels[label]).Select(i => i.ToString(CultureInfo.InvariantCulture))]);
    }
}
