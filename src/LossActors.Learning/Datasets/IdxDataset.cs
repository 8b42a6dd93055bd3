using System.Collections.Frozen;
using LossActors.Learning.Protocols;

namespace LossActors.Learning.Datasets;

/// <summary>The MNIST family: four IDX files in a folder, gzip or not.</summary>
internal static class IdxDataset
{
    /// <summary>Where Debian's package puts Fashion-MNIST.</summary>
    private const string DebianFolder = "/usr/share/datasets/fashion-mnist";

    /// <summary>What <c>task.dataset</c> calls them.</summary>
    public static FrozenSet<string> Names { get; } = ["mnist", "fashion-mnist", "kmnist", "idx"];

    /// <summary>Where one of them usually lies; null: only where the settings say.</summary>
    public static string? DefaultFolder(string dataset) => dataset switch
    {
        "idx" => null,
        "fashion-mnist" when !IsPresent(DatasetFolders.Of(dataset)) && IsPresent(DebianFolder) => DebianFolder,
        _ => DatasetFolders.Of(dataset),
    };

    /// <summary>What Fashion-MNIST's classes show (Xiao, Rasul and Vollgraf, 2017).</summary>
    private static readonly string[] s_fashion = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    public static RawImages Read(TaskSettings settings)
    {
        var folder = settings.Path ?? DefaultFolder(settings.Dataset)
            ?? throw new DataException($"dataset {settings.Dataset} needs a path; set task.path to the folder with {FileNames[0]}[.gz] and its three companions");
        if (!Directory.Exists(folder))
        {
            throw new DataException($"{folder}: no such folder; {Hint(settings.Dataset)}");
        }

        var (training, trainingLabels) = ReadPart(folder, true, settings.Dataset);
        var (test, testLabels) = ReadPart(folder, false, settings.Dataset);
        if (training.Height != test.Height || training.Width != test.Width)
        {
            throw new DataException($"{folder}: training images are {training.Height} × {training.Width}, test images {test.Height} × {test.Width}; the files do not belong together");
        }

        var classes = ClassNames(settings.Dataset, folder, trainingLabels, testLabels);
        if ((long)training.Pixels.Length + test.Pixels.Length > Array.MaxLength)
        {
            throw new DataException($"{folder}: the images do not fit in memory; use a smaller dataset");
        }

        return new RawImages
        {
            Name = settings.Dataset == "idx" ? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))) : settings.Dataset,
            Source = folder,
            Kind = TaskKind.Classification,
            ClassNames = [.. classes],
            Targets = [.. trainingLabels.Concat(testLabels).Select(l => (double)l)],
            FirstTest = trainingLabels.Length,
            Pixels = [.. training.Pixels, .. test.Pixels],
            Channels = 1,
            Height = training.Height,
            Width = training.Width,
            Hash = ContentHash.Of(training.Pixels, trainingLabels, test.Pixels, testLabels),
        };
    }

    /// <summary>The four files, without the ending of compressed ones.</summary>
    public static string[] FileNames => ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    /// <summary>Whether a folder has the four files.</summary>
    public static bool IsPresent(string folder) =>
        FileNames.All(name => File.Exists(Path.Combine(folder, name)) || File.Exists(Path.Combine(folder, name + ".gz")));

    private static (IdxImages Images, byte[] Labels) ReadPart(string folder, bool training, string dataset)
    {
        var paths = (training ? FileNames[..2] : FileNames[2..]).Select(name => Locate(folder, name, dataset)).ToArray();
        var images = IdxFile.ReadImages(paths[0]);
        var labels = IdxFile.ReadLabels(paths[1]);
        return images.Count == labels.Length
            ? (images, labels)
            : throw new DataException($"{paths[1]}: {labels.Length} labels, but {Path.GetFileName(paths[0])} has {images.Count} images; the files do not belong together");
    }

    private static string Locate(string folder, string name, string dataset)
    {
        // First what `datasets fetch` brings and mends: an unpacked copy beside it may be damaged.
        var path = Path.Combine(folder, name);
        return File.Exists(path + ".gz") ? path + ".gz" : File.Exists(path) ? path
            : throw new DataException($"{path}[.gz]: no such file; {Hint(dataset)}");
    }

    private static string Hint(string dataset) => dataset switch
    {
        "idx" => "set task.path to the folder that holds the four IDX files",
        "fashion-mnist" => "fetch it with `lossactors datasets fetch fashion-mnist`, install it (Debian: apt-get install dataset-fashion-mnist), or set task.path to its folder",
        _ => $"fetch it with `lossactors datasets fetch {dataset}`, or set task.path to the folder that holds the four IDX files",
    };

    private static IEnumerable<string> ClassNames(string dataset, string folder, byte[] training, byte[] test)
    {
        var count = training.Max() + 1;
        if (dataset != "idx")
        {
            if (Math.Max(count, test.Max() + 1) > 10)
            {
                throw new DataException($"{folder}: a label above 9, but {dataset} has ten classes; use dataset = idx for other data");
            }

            return dataset == "fashion-mnist" ? s_fashion : Enumerable.Range(0, 10).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return test.Max() < count
            ? Enumerable.Range(0, count).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))
            : throw new DataException($"{folder}: a test label is {test.Max()}, but training labels end at {count - 1}; the files do not belong together");
    }
}
