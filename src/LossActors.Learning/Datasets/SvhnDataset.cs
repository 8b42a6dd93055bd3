using System.Globalization;
using LossActors.Learning.Datasets.MatFiles;
using LossActors.Learning.Protocols;

namespace LossActors.Learning.Datasets;

/// <summary>
/// SVHN's cropped digits (Netzer et al., <i>Reading Digits in Natural Images with Unsupervised Feature Learning</i>, 2011): MAT-files with images X, 32 × 32 × 3 × count, and labels y from
/// 1 to 10, of which 10 stands for the digit 0.
/// </summary>
internal static class SvhnDataset
{
    private const int Channels = 3;
    private const int Side = 32;
    private const int Size = Channels * Side * Side;

    /// <summary>The files that are read; the extra images are not.</summary>
    public static string[] Files => ["train_32x32.mat", "test_32x32.mat"];

    /// <summary>Reads both files of a folder.</summary>
    /// <exception cref="DataException">One is missing or malformed.</exception>
    public static RawImages Read(TaskSettings settings)
    {
        var folder = settings.Path ?? DatasetFolders.Of(settings.Dataset);
        var paths = DatasetFolders.Require(settings.Dataset, folder, Files);
        var (training, trainingLabels) = ReadPart(paths[0]);
        var (test, testLabels) = ReadPart(paths[1]);
        if ((long)training.Length + test.Length > Array.MaxLength)
        {
            throw new DataException($"{folder}: the images do not fit in memory; these are not the files of svhn");
        }

        return new RawImages
        {
            Name = settings.Dataset,
            Source = folder,
            Kind = TaskKind.Classification,
            ClassNames = [.. Enumerable.Range(0, 10).Select(i => i.ToString(CultureInfo.InvariantCulture))],
            Targets = [.. trainingLabels.Concat(testLabels).Select(label => (double)label)],
            FirstTest = trainingLabels.Length,
            Pixels = [.. training, .. test],
            Channels = Channels,
            Height = Side,
            Width = Side,
            Hash = ContentHash.Of(training, trainingLabels, test, testLabels),
        };
    }

    private static (byte[] Pixels, byte[] Labels) ReadPart(string path)
    {
        var (images, labels) = MatFile.Read(path, "X", "y") is [var x, var y] ? (x, y) : throw new InvalidOperationException("two arrays were asked for");
        if (images is not { Shape: [Side, Side, Channels, > 0 and var count], Type.IsByte: true })
        {
            throw new DataException($"{path}: images X of shape {string.Join(" × ", images.Shape)} in {images.Type}, but {Side} × {Side} × {Channels} × count in u1 belong here; this is another kind of file");
        }

        return labels.Bytes.Length / labels.Type.Size is var marked && marked == count
            ? (RowMajor(images.Bytes), [.. labels.Type.ToNumbers(labels.Bytes).Select((label, i) => Digit(path, i, label))])
            : throw new DataException($"{path}: {marked} labels y, but {count} images X; fetch the file again");
    }

    private static byte Digit(string path, int index, double label) => label is >= 1 and <= 10 && label == Math.Floor(label)
        ? (byte)(label % 10)
        : throw new DataException(string.Create(CultureInfo.InvariantCulture, $"{path}: the label of image {index} is {label}, but labels are 1 to 10; this is another kind of file"));

    // The first index, the row, runs fastest there and the column here; channels and images are in the same order.
    private static byte[] RowMajor(byte[] bytes)
    {
        var pixels = new byte[bytes.Length];
        for (var plane = 0; plane < bytes.Length; plane += Side * Side)
        {
            for (var p = 0; p < Side * Side; p++)
            {
                pixels[plane + p] = bytes[plane + (p % Side * Side) + (p / Side)];
            }
        }

        return pixels;
    }
}
