using LossActors.Learning.Protocols;

namespace LossActors.Learning.Datasets.Cifar;

/// <summary>
/// CIFAR-10 and CIFAR-100 in their binary version (Krizhevsky, <i>Learning Multiple Layers of Features from Tiny Images</i>, 2009): per image one label byte, or two (superclass and class),
/// then 32 × 32 red, green and blue bytes.
/// </summary>
internal static class CifarDataset
{
    /// <summary>Reads the files, gzip or not, of a folder.</summary>
    /// <exception cref="DataException">One is missing or malformed, or they do not belong together.</exception>
    public static RawImages Read(TaskSettings settings)
    {
        var version = (settings.Dataset, settings.CoarseLabels) switch
        {
            ("cifar10", _) => CifarVersion.Ten,
            (_, true) => CifarVersion.Coarse,
            _ => CifarVersion.Fine,
        };
        var folder = settings.Path ?? DatasetFolders.Of(settings.Dataset);
        var paths = DatasetFolders.Require(settings.Dataset, folder, [.. version.TrainingFiles, version.TestFile]);
        var files = Array.ConvertAll(paths, path => DataFile.Read(path));
        var counts = files.Select((bytes, i) => Count(paths[i], bytes, version)).ToArray();
        for (var i = 0; i < counts.Length - 1; i++)
        {
            if (counts[i] != version.Proportion * counts[^1])
            {
                throw new DataException(
                    $"{paths[i]}: {counts[i]} images, but {version.TestFile} has {counts[^1]} and {(version.Proportion == 1 ? "as many" : $"{version.Proportion} times as many")} belong here; fetch the files again");
            }
        }

        if (counts.Sum(count => (long)count * CifarVersion.Size) > Array.MaxLength)
        {
            throw new DataException($"{folder}: the images do not fit in memory; these are not the files of {settings.Dataset}");
        }

        var pixels = new byte[counts.Sum() * CifarVersion.Size];
        var labels = new byte[counts.Sum()];
        var next = 0;
        for (var i = 0; i < files.Length; i++)
        {
            Unpack(paths[i], files[i], version, pixels.AsSpan(next * CifarVersion.Size), labels.AsSpan(next, counts[i]));
            next += counts[i];
        }

        return new RawImages
        {
            Name = settings.Dataset,
            Source = folder,
            Kind = TaskKind.Classification,
            ClassNames = version.ClassNames,
            Targets = Array.ConvertAll(labels, label => (double)label),
            FirstTest = labels.Length - counts[^1],
            Pixels = pixels,
            Channels = CifarVersion.Channels,
            Height = CifarVersion.Side,
            Width = CifarVersion.Side,
            Hash = ContentHash.Of(pixels, labels[..^counts[^1]], labels[^counts[^1]..]),
        };
    }

    private static int Count(string path, byte[] bytes, CifarVersion version)
    {
        var (count, rest) = Math.DivRem(bytes.Length, version.ImageBytes);
        return count > 0 && rest == 0
            ? count
            : throw new DataException(
                $"{path}: {bytes.Length} bytes are no whole number of images of {version.LabelBytes} + {CifarVersion.Size} bytes; the file is cut off or of another kind, fetch it again");
    }

    private static void Unpack(string path, ReadOnlySpan<byte> bytes, CifarVersion version, Span<byte> pixels, Span<byte> labels)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            var image = bytes.Slice(i * version.ImageBytes, version.ImageBytes);
            for (var k = 0; k < version.LabelBytes; k++)
            {
                if (image[k] >= version.Labels[k])
                {
                    throw new DataException($"{path}: the label of image {i} is {image[k]}, but labels end at {version.Labels[k] - 1}; this is another kind of file");
                }
            }

            labels[i] = image[version.Label];
            image[version.LabelBytes..].CopyTo(pixels[(i * CifarVersion.Size)..]);
        }
    }
}
